/**
 * Once per AWS account, before its first environment: the bucket for states, who may deploy from GitHub, and the permissions of
 * people who operate a relay and its secrets.
 *
 * An administrator of the account applies it, not the pipeline, because it limits the pipeline. At its first apply there is no
 * bucket for its own state yet:
 *
 *     RELAY_BOOTSTRAP=<account> npx cdktf apply foundation-<account>
 *     npx cdktf apply foundation-<account> --migrate-state
 */
import type { App } from "cdktf";
import { type Account, homeFiles, homeOf, isRemovable } from "../../environment";
import { checkAwsStack } from "../checks";
import { AwsNames } from "../constructs/aws-names";
import { DeployRoles } from "../constructs/deploy-roles";
import { EncryptionKey } from "../constructs/encryption-key";
import { GitHubTrust } from "../constructs/github-trust";
import { OperatorPolicy } from "../constructs/operator-policy";
import { PermissionsBoundary } from "../constructs/permissions-boundary";
import { RemovedBlock } from "../constructs/removed-block";
import { SecretsAdminPolicy } from "../constructs/secrets-admin-policy";
import { StateBucket } from "../constructs/state-bucket";
import { AwsStack } from "./aws-stack";

export class FoundationStack extends AwsStack {
  static stackName(account: Account): string {
    return `foundation-${account.id}`;
  }

  /** @param bootstrap the account whose state bucket does not exist yet, so that its state is on this machine */
  constructor(app: App, account: Account, bootstrap: string | undefined) {
    const name = FoundationStack.stackName(account);
    super(app, name, {
      account: account.id,
      region: account.region,
      tags: { ...account.tags, "relay:managed-by": account.pipeline.repository },
      ...(bootstrap === account.id ? { localState: homeFiles.state(homeOf(name)) } : {}),
    });
    new StateBucket(this, "state", { account: account.id });
    // The account-wide boundary of earlier versions. Roles have it until their next apply.
    new RemovedBlock(this, "account_boundary", "aws_iam_policy.boundary");
    const { pipeline, identityProvider } = account;
    const github = new GitHubTrust(this, "github", { account: account.id, pipeline, identityProvider });
    for (const environment of account.environments) {
      const { name, relay } = environment;
      const aws = AwsNames.of(environment);
      if (relay.boundary === undefined) {
        new PermissionsBoundary(this, `boundary_${name}`, { aws, tracing: relay.tracing });
      }
      if (relay.kmsKey === "foundation") new EncryptionKey(this, `key_${name}`, { aws });
      // `prevent_destroy` goes with the key's block: destroyed, it would take everything with it that it encrypted.
      else new RemovedBlock(this, `no_key_${name}`, `aws_kms_key.key_${name}`);
      new DeployRoles(this, `deploy_${name}`, {
        aws,
        github,
        hostedZone: relay.domain?.hostedZone,
        removable: isRemovable(environment),
      });
      new OperatorPolicy(this, `operator_${name}`, { aws, alarmTopic: relay.alarms.topic });
      new SecretsAdminPolicy(this, `secrets_admin_${name}`, { aws });
    }
    checkAwsStack(this);
  }
}
