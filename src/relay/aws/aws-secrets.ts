/** The relay's secrets in AWS Secrets Manager. A function gets their names as variables, and reads the values itself. */
import * as z from "zod/mini";
import {
  GladlySecret,
  InboundSecret,
  ProbeSecret,
  parseSecret,
  StellaApiSecret,
  StellaSecret,
} from "../../contract/secret-values";
import type { SurveyMode } from "../../contract/survey-mode";
import type { Variable } from "../../contract/variables";
import {
  type Clock,
  type Log,
  type Metrics,
  type Secrets,
  SecretUnreadable,
  type StellaKey,
  type Verifier,
} from "../ports";
import { AwsCall, AwsCallFailed, SECRETS_MANAGER, serviceEndpoint } from "./aws-call";
import { CachedSecret } from "./cached-secret";
import type { FunctionEnvironment } from "./environment";

/** Youngest age, in milliseconds, at which a doubted copy is read again: wrong passwords cause at most six reads a minute (docs/vendors/aws-relay.md section 4.1). */
const DOUBT_PASSWORD = 10_000;
/** A key that Stella or Gladly refused is read again at most once a minute (docs/vendors/aws-relay.md section 8). */
const DOUBT_KEY = 60_000;

/** Two attempts of 1.4 s stay below the limit of 3 s for reading a secret (docs/vendors/aws-relay.md section 4.1). */
const LIMITS = { attemptTimeout: 1_400, attempts: 2 };

export interface AwsSecretsOptions {
  readonly environment: FunctionEnvironment;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Milliseconds that a read may take, asked before each read. */
  readonly budget?: () => number;
}

const SecretValue = z.object({ SecretString: z.string() });

export class AwsSecrets implements Secrets {
  private readonly call: AwsCall;
  private readonly inbound;
  private readonly stella;
  private readonly stellaApi;
  private readonly gladly;
  private readonly probe;
  private gladlyLifetime: number | undefined;

  constructor(private readonly options: AwsSecretsOptions) {
    const { region, variables } = options.environment;
    this.call = new AwsCall({
      service: SECRETS_MANAGER,
      endpoint: serviceEndpoint(SECRETS_MANAGER, region, variables),
      region,
      variables,
      ...LIMITS,
      ...(options.budget === undefined ? {} : { budget: options.budget }),
    });
    this.inbound = this.secret("RELAY_INBOUND_SECRET", parseVerifiers);
    this.stella = this.secret("RELAY_STELLA_SECRET", (text): StellaKey => parseSecret(StellaSecret, text));
    this.stellaApi = this.secret("RELAY_STELLA_API_SECRET", (text) => parseSecret(StellaApiSecret, text).apiSecret);
    this.gladly = this.secret("RELAY_GLADLY_SECRET", (text) => parseSecret(GladlySecret, text).token);
    this.probe = this.secret("RELAY_PROBE_SECRET", (text) => parseSecret(ProbeSecret, text).password);
  }

  webhookVerifiers(refresh?: boolean): Promise<readonly Verifier[]> {
    return this.inbound.get(refresh ? DOUBT_PASSWORD : undefined);
  }

  /** The environment's only key. Its value names its mode, which the core compares with the survey mode. */
  stellaKey(_mode: SurveyMode, refresh?: boolean): Promise<StellaKey> {
    return this.stella.get(refresh ? DOUBT_KEY : undefined);
  }

  stellaApiSecret(): Promise<string> {
    return this.stellaApi.get();
  }

  async gladlyToken(): Promise<string> {
    const token = await this.gladly.get(this.gladlyLifetime);
    this.gladlyLifetime = undefined;
    return token;
  }

  /** Gladly refused the token. The next use reads it again, unless that happened within the last minute. */
  doubtGladlyToken(): void {
    this.gladlyLifetime = DOUBT_KEY;
  }

  probePassword(): Promise<string> {
    return this.probe.get();
  }

  private secret<T>(variable: Variable, parse: (text: string) => T): CachedSecret<T> {
    const { environment, clock, metrics, log } = this.options;
    return new CachedSecret({
      name: environment.variables[variable] ?? variable,
      read: () => this.read(environment.value(variable)),
      parse,
      now: clock.now,
      stale: (secret, error) => {
        metrics.count("SecretStale");
        log("warn", "secret.stale", { secret, error: error.message });
      },
    });
  }

  private async read(name: string): Promise<string> {
    const response = await this.call.send("GetSecretValue", { SecretId: name }).catch((error: unknown) => {
      if (error instanceof AwsCallFailed && error.code === "ResourceNotFoundException") {
        throw new SecretUnreadable(error.message, true);
      }
      throw error;
    });
    const answer = SecretValue.safeParse(response);
    if (!answer.success) throw new Error("it has no text value; set it with `relay secrets put`");
    return answer.data.SecretString;
  }
}

function parseVerifiers(text: string): readonly Verifier[] {
  return parseSecret(InboundSecret, text).verifiers.map(({ id, sha256 }) => ({
    id,
    sha256: Buffer.from(sha256, "hex"),
  }));
}
