/** The secrets of an environment on AWS, with the operator's own permissions. It writes values and reads only digests. */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { CommandError } from "../../cli/command";
import { messageOf } from "../../contract/error-message";
import { InboundSecret, parseSecret, type SecretValue, type Verifier } from "../../contract/secret-values";
import { SECRETS, type SecretName } from "../../contract/secrets";
import { AwsNames } from "../../deploy/constructs/aws-names";
import type { AwsEnvironment } from "../../environment";
import { explainedAwsError } from "../shared/aws-errors";
import { quietAwsSdk } from "../shared/aws-sdk";

/** AWS's messages about a secret that is scheduled for deletion. */
const DELETED = /marked (for deletion|deleted)|scheduled for deletion/;

export interface SecretStatus {
  readonly name: SecretName;
  /** `missing`: the secret does not exist yet. `empty`: it has no value. `deleted`: AWS keeps it until `until`, but it cannot be used. */
  readonly state: "missing" | "empty" | "deleted" | "present";
  /** When a value was last written, ISO 8601. */
  readonly changed?: string;
  /** When AWS deletes it for good, ISO 8601; only with `deleted`. */
  readonly until?: string;
}

export class SecretStore {
  private readonly client: SecretsManagerClient;
  private readonly aws: AwsNames;

  /** @param endpoint of Secrets Manager in a rehearsal. @default AWS's own */
  constructor(
    private readonly environment: AwsEnvironment,
    endpoint?: string,
  ) {
    const { region } = environment.relay;
    this.aws = AwsNames.of(environment);
    quietAwsSdk();
    this.client = new SecretsManagerClient({ region, ...(endpoint === undefined ? {} : { endpoint }) });
  }

  async status(name: SecretName): Promise<SecretStatus> {
    try {
      const described = await this.client.send(new DescribeSecretCommand({ SecretId: this.id(name) }));
      if (described.DeletedDate !== undefined) {
        return { name, state: "deleted", until: described.DeletedDate.toISOString() };
      }
      const stages = Object.values(described.VersionIdsToStages ?? {}).flat();
      const changed = described.LastChangedDate?.toISOString();
      const state = stages.includes("AWSCURRENT") ? "present" : "empty";
      return { name, state, ...(changed === undefined ? {} : { changed }) };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return { name, state: "missing" };
      throw this.explained(error, "look at", name);
    }
  }

  async put(name: SecretName, value: SecretValue): Promise<void> {
    try {
      await this.client.send(
        new PutSecretValueCommand({ SecretId: this.id(name), SecretString: JSON.stringify(value) }),
      );
    } catch (error) {
      throw this.explained(error, "put", name);
    }
  }

  /** Digests of 32 random bytes: the only value that may be read, because a digest gives no access. */
  async verifiers(): Promise<readonly Verifier[]> {
    let text: string | undefined;
    try {
      const answer = await this.client.send(new GetSecretValueCommand({ SecretId: this.id(SECRETS.inbound) }));
      text = answer.SecretString;
    } catch (error) {
      throw this.explained(error, "read the digests of", SECRETS.inbound);
    }
    try {
      return parseSecret(InboundSecret, text ?? "").verifiers;
    } catch (error) {
      const message = messageOf(error);
      throw new CommandError(`${this.id(SECRETS.inbound)} cannot be used: ${message}.`);
    }
  }

  close(): void {
    this.client.destroy();
  }

  private id(name: SecretName): string {
    return this.aws.secretName(name);
  }

  /** AWS's errors with what to do, without values. */
  private explained(error: unknown, verb: string, name: SecretName): CommandError {
    const id = this.id(name);
    const { account, region } = this.environment.relay;
    if (error instanceof ResourceNotFoundException) {
      return new CommandError(
        `there is no value or no secret ${id} in account ${account}, ${region}. \`npx cdktf apply ` +
          `${this.environment.name}\` makes the secret, \`relay secrets put\` its value.`,
      );
    }
    if (error instanceof InvalidRequestException && DELETED.test(error.message)) {
      return new CommandError(
        `the secret ${id} was deleted, and AWS keeps it for 30 days. Restore it: ` +
          `\`aws secretsmanager restore-secret --region ${region} --secret-id ${id}\`. To create the environment again ` +
          "instead, see docs/aws.md, section Deleting an environment.",
      );
    }
    const explained = explainedAwsError(error, this.environment, `relay-${this.environment.name}-secrets-admin`);
    if (explained instanceof CommandError) return explained;
    const [kind, message] = error instanceof Error ? [error.name, error.message] : ["unknown error", String(error)];
    return new CommandError(`AWS did not ${verb} ${id} (${kind}): ${message}`);
  }
}
