/**
 * The two roles of an environment's pipeline. A pull request may plan: read settings, and the state. Only a job that
 * runs in the environment of that name on GitHub, where people approve it, may apply.
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { AwsNames } from "./aws-names";
import { denyContents, readPermissions } from "./deploy-reads";
import { writePermissions } from "./deploy-writes";
import type { GitHubTrust } from "./github-trust";
import { PIPELINE_PATH, type PipelineRole, pipelineRoleName, pipelineSubjects } from "./pipeline-roles";
import { policyDocument, type Statement } from "./policy";
import { StateBucket } from "./state-bucket";

export interface DeployRolesProps {
  readonly aws: AwsNames;
  readonly github: GitHubTrust;
  /** Id of the Route 53 zone of the webhook's own domain. @default no domain */
  readonly hostedZone?: string;
}

export class DeployRoles extends Construct {
  constructor(scope: Construct, id: string, props: DeployRolesProps) {
    super(scope, id);
    const { aws, github, hostedZone } = props;
    const reads = readPermissions(aws, hostedZone);
    this.role("plan", {
      aws,
      description: `Plans ${aws.environment}: reads settings, changes nothing.`,
      trust: github.trust(pipelineSubjects("plan", aws.environment)),
      policies: { read: [...reads, ...readState(aws), denyContents()] },
    });
    this.role("apply", {
      aws,
      description: `Applies ${aws.environment}, after people approved it on GitHub.`,
      trust: github.trust(pipelineSubjects("apply", aws.environment)),
      policies: {
        read: [...reads, ...readState(aws), writeState(aws), denyContents()],
        write: writePermissions(aws, hostedZone),
      },
    });
  }

  private role(
    kind: PipelineRole,
    props: {
      readonly aws: AwsNames;
      readonly description: string;
      readonly trust: string;
      readonly policies: Readonly<Record<string, readonly Statement[]>>;
    },
  ): void {
    const role = new IamRole(this, kind, {
      name: pipelineRoleName(kind, props.aws.environment),
      path: PIPELINE_PATH,
      description: props.description,
      assumeRolePolicy: props.trust,
      maxSessionDuration: 3600,
    });
    for (const [name, statements] of Object.entries(props.policies)) {
      new IamRolePolicy(this, `${kind}_${name}`, { name, role: role.name, policy: policyDocument(statements) });
    }
  }
}

/** A plan locks the state as well, or two plans could read it while an apply writes. */
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
