/**
 * The two roles of an environment's pipeline. A pull request may plan, which reads settings and the state. Only a job in the
 * GitHub environment of the same name, where people approve it, may apply.
 */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { AwsNames } from "./aws-names";
import { denyContents, readPermissions } from "./deploy-reads";
import { type WriteScope, writePermissions } from "./deploy-writes";
import { handingOfKey, readingOfKey } from "./encryption-key";
import type { GitHubTrust } from "./github-trust";
import { PIPELINE_PATH, type PipelineRole, pipelineRoleName, pipelineSubjects } from "./pipeline-roles";
import { managedPolicies, type Statement } from "./policy";
import { StateBucket } from "./state-bucket";

/** Settings of {@link DeployRoles}. */
export interface DeployRolesProps extends WriteScope {
  /** Names of the roles, and of the resources that they are limited to. */
  readonly aws: AwsNames;
  /** Says which GitHub workflows may assume the roles. */
  readonly github: GitHubTrust;
}

/** Creates the plan role and the apply role of one environment, with their policies. */
export class DeployRoles extends Construct {
  constructor(scope: Construct, id: string, props: DeployRolesProps) {
    super(scope, id);
    const { aws, github } = props;
    const { environment } = aws;
    const reads = [...readPermissions(aws, props.hostedZone), ...readState(aws), ...readingOfKey(aws), denyContents()];
    const writes = [...writePermissions(aws, props), ...handingOfKey(aws), writeState(aws)];
    const plan = this.role("plan", aws, `Plans ${environment}: reads settings, changes nothing.`, github);
    const apply = this.role("apply", aws, `Applies ${environment}, after people approved it on GitHub.`, github);
    this.attach("read", reads, aws, [plan, apply]);
    this.attach("write", writes, aws, [apply]);
  }

  private role(kind: PipelineRole, { environment }: AwsNames, description: string, github: GitHubTrust): IamRole {
    return new IamRole(this, kind, {
      name: pipelineRoleName(kind, environment),
      path: PIPELINE_PATH,
      description,
      assumeRolePolicy: github.trust(pipelineSubjects(kind, environment)),
      maxSessionDuration: 3600,
    });
  }

  /** Uses managed policies, because all inline policies of a role together may have only 10,240 characters. */
  private attach(kind: string, statements: readonly Statement[], aws: AwsNames, roles: readonly IamRole[]): void {
    managedPolicies(statements).forEach((policy, index) => {
      const id = `${kind}_${index + 1}`;
      const managed = new IamPolicy(this, id, {
        name: aws.name(`pipeline-${kind}-${index + 1}`),
        path: PIPELINE_PATH,
        description: `What the pipeline of ${aws.environment} may ${kind}, part ${index + 1}.`,
        policy,
      });
      for (const role of roles) {
        new IamRolePolicyAttachment(this, `${role.node.id}_${id}`, { role: role.name, policyArn: managed.arn });
      }
    });
  }
}

/** A plan also locks the state, so that it cannot read it while an apply writes. */
function readState({ account, environment }: AwsNames): readonly Statement[] {
  const bucket = `arn:aws:s3:::${StateBucket.bucketName(account)}`;
  const object = `${bucket}/${StateBucket.key(environment)}`;
  return [
    { sid: "FindState", actions: ["s3:ListBucket"], resources: [bucket] },
    { sid: "ReadState", actions: ["s3:GetObject"], resources: [object] },
    {
      sid: "LockState",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${object}.tflock`],
    },
  ];
}

function writeState({ account, environment }: AwsNames): Statement {
  const bucket = `arn:aws:s3:::${StateBucket.bucketName(account)}`;
  return { sid: "WriteState", actions: ["s3:PutObject"], resources: [`${bucket}/${StateBucket.key(environment)}`] };
}
