/**
 * Once for each AWS account, before its first environment: where the state lies, who may deploy from GitHub, and what the
 * people may do who look after a relay and its secrets.
 *
 * A person with rights over the account applies it, not the pipeline: it is what limits the pipeline. The state of its
 * first apply has no bucket to lie in yet:
 *
 *     RELAY_BOOTSTRAP=<account> npx cdktf apply foundation-<account>
 *     npx cdktf apply foundation-<account> --migrate-state
 */
import type { App } from "cdktf";
import { type Account, homeFiles, homeOf } from "../../environment";
import { checkAwsStack } from "../checks";
import { AwsNames } from "../constructs/aws-names";
import { DeployRoles } from "../constructs/deploy-roles";
import { GitHubTrust } from "../constructs/github-trust";
import { OperatorPolicy } from "../constructs/operator-policy";
import { PermissionsBoundary } from "../constructs/permissions-boundary";
import { SecretsAdminPolicy } from "../constructs/secrets-admin-policy";
import { StateBucket } from "../constructs/state-bucket";
import { AwsStack } from "./aws-stack";

export class FoundationStack extends AwsStack {
  static stackName(account: Account): string {
    return `foundation-${account.id}`;
  }

  /** @param bootstrap the account whose state bucket is being made, so that its state lies on this machine */
  constructor(app: App, account: Account, bootstrap: string | undefined) {
    const name = FoundationStack.stackName(account);
    super(app, name, {
      account: account.id,
      region: account.region,
      tags: { "relay:managed-by": account.repository },
      ...(bootstrap === account.id ? { localState: homeFiles.state(homeOf(name)) } : {}),
    });
    new StateBucket(this, "state", { account: account.id });
    new PermissionsBoundary(this, "boundary", { account: account.id });
    const github = new GitHubTrust(this, "github", { account: account.id, repository: account.repository });
    for (const { name: environment, relay } of account.environments) {
      const aws = new AwsNames({ environment, account: account.id, region: relay.region });
      new DeployRoles(this, `deploy_${environment}`, {
        aws,
        github,
        ...(relay.domain === undefined ? {} : { hostedZone: relay.domain.hostedZone }),
      });
      new OperatorPolicy(this, `operator_${environment}`, { aws });
      new SecretsAdminPolicy(this, `secrets_admin_${environment}`, { aws });
    }
    checkAwsStack(this);
  }
}
