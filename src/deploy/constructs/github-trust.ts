/** Lets AWS trust GitHub: workflows assume a role for an hour, without stored keys. */
import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { AwsRelay } from "../../environment/aws-relay";
import { CheckBlock } from "./check-block";
import { policyDocument } from "./policy";
import { RemovedBlock } from "./removed-block";

const ISSUER = "token.actions.githubusercontent.com";
const ISSUER_URL = `https://${ISSUER}`;
const AUDIENCE = "sts.amazonaws.com";

/**
 * GitHub's name of a repository in the subject of a token. Repositories that were created, renamed or transferred since
 * 15 July 2026, and those that opted in, add their ids to their names (GitHub's OpenID Connect reference, "Immutable subject
 * claims"). No name can contain an @, so no one can create a repository that looks like the other form.
 */
function subjectPrefixes({ repository, ownerId, repositoryId }: Pipeline): readonly string[] {
  const [owner = "", name = ""] = repository.split("/");
  if (ownerId === undefined || repositoryId === undefined) return [`repo:${repository}`];
  return [`repo:${repository}`, `repo:${owner}@${ownerId}/${name}@${repositoryId}`];
}

type Pipeline = AwsRelay["pipeline"];
type IdentityProvider = AwsRelay["identityProvider"];

/** Settings of {@link GitHubTrust}. */
export interface GitHubTrustProps {
  /** 12 digits. */
  readonly account: string;
  /** The only trusted repository. */
  readonly pipeline: Pipeline;
  /**
   * `existing`: the account already has GitHub's identity provider, also for other projects. It is only read.
   * @default "create"
   */
  readonly identityProvider?: IdentityProvider;
}

/**
 * Creates GitHub's OpenID Connect provider in the account, or checks the existing one.
 *
 * @example
 * ```ts
 * const github = new GitHubTrust(this, "github", { account, pipeline: { repository: "example/relay" } });
 * new IamRole(this, "plan", { name: "plan", assumeRolePolicy: github.trust(["pull_request"]) });
 * ```
 */
export class GitHubTrust extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GitHubTrustProps,
  ) {
    super(scope, id);
    if (props.identityProvider === "existing") this.check();
    else new IamOpenidConnectProvider(this, "Resource", { url: ISSUER_URL, clientIdList: [AUDIENCE] });
  }

  /** An existing identity provider must accept our audience. One that we created before is removed from the state. */
  private check(): void {
    new RemovedBlock(this, "removed", `aws_iam_openid_connect_provider.${this.node.id}`);
    const provider = new DataAwsIamOpenidConnectProvider(this, "existing", { url: ISSUER_URL });
    new CheckBlock(this, "audience", {
      condition: `\${contains(${provider.fqn}.client_id_list, "${AUDIENCE}")}`,
      errorMessage:
        `The account's identity provider of GitHub does not accept the audience ${AUDIENCE}, so no workflow gets a role. ` +
        "Add it to the provider's client ids where that provider is managed.",
    });
  }

  /**
   * A trust policy for a role.
   *
   * @param subjects last parts of GitHub's subject claim, without wildcards: `pull_request`, `environment:production`
   */
  trust(subjects: readonly string[]): string {
    const { account, pipeline } = this.props;
    return policyDocument([
      {
        sid: "OnlyThisRepository",
        actions: ["sts:AssumeRoleWithWebIdentity"],
        principals: { Federated: `arn:aws:iam::${account}:oidc-provider/${ISSUER}` },
        conditions: {
          StringEquals: {
            [`${ISSUER}:aud`]: [AUDIENCE],
            [`${ISSUER}:sub`]: subjectPrefixes(pipeline).flatMap((prefix) =>
              subjects.map((subject) => `${prefix}:${subject}`),
            ),
          },
        },
      },
    ]);
  }
}
