/** GitHub as somebody whose word AWS takes: workflows get a role for an hour, and no key is kept anywhere. */
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import { policyDocument } from "./policy";

const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

export interface GitHubTrustProps {
  /** 12 digits. */
  readonly account: string;
  /** `owner/name`: workflows of no other repository are believed. */
  readonly repository: string;
}

export class GitHubTrust extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GitHubTrustProps,
  ) {
    super(scope, id);
    new IamOpenidConnectProvider(this, "Resource", { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] });
  }

  /**
   * Who may take a role.
   *
   * @param subjects last parts of GitHub's subject claim, each written out: `pull_request`, `environment:production`
   */
  trust(subjects: readonly string[]): string {
    const { account, repository } = this.props;
    return policyDocument([
      {
        sid: "OnlyThisRepository",
        actions: ["sts:AssumeRoleWithWebIdentity"],
        principals: { Federated: `arn:aws:iam::${account}:oidc-provider/${ISSUER}` },
        conditions: {
          StringEquals: {
            [`${ISSUER}:aud`]: [AUDIENCE],
            [`${ISSUER}:sub`]: subjects.map((subject) => `repo:${repository}:${subject}`),
          },
        },
      },
    ]);
  }
}
