/**
 * Gladly and Stella Connect as local servers, for trying, rehearsing and testing: a client written for the real services
 * must not notice the difference. Everything that the real services do not have is under the prefix `/_sandbox/`.
 */
import { Changes } from "./changes";
import { SandboxClock } from "./clock";
import { defaultScenario } from "./default-scenario";
import { GladlySandbox } from "./gladly/gladly-sandbox";
import type { Scenario } from "./scenario";
import { StellaSandbox } from "./stella/stella-sandbox";

export { SandboxPortInUse } from "./http/server";
export { parseScenario } from "./scenario";
export type { GladlySandbox, Scenario, StellaSandbox };

export interface SandboxCredentials {
  /** E-mail address of the Gladly user that owns the token. */
  readonly gladlyUser: string;
  readonly gladlyToken: string;
  readonly stellaTestKey: string;
  readonly stellaProductionKey: string;
  /** Signs the tokens of Stella's `/v2` reads. @default "sandbox-stella-api-secret" */
  readonly stellaApiSecret?: string;
}

export interface SandboxOptions {
  /** 0 picks a free port. @default 0 */
  readonly gladlyPort?: number;
  /** 0 picks a free port. @default 0 */
  readonly stellaPort?: number;
  readonly credentials: SandboxCredentials;
  /** @default a small parcel service, in `default-scenario.ts` */
  readonly scenario?: Scenario;
  /** How many times faster than the wall clock the sandbox's clock runs: retries and time limits. @default 1 */
  readonly timeScale?: number;
}

export interface Sandbox {
  /** `gladly.url` is `http://127.0.0.1:<port>`. */
  readonly gladly: GladlySandbox;
  /** `stella.url` is `http://127.0.0.1:<port>`. */
  readonly stella: StellaSandbox;
  /** Stops both servers, and everything that was under way. */
  close(): Promise<void>;
}

const DEFAULT_API_SECRET = "sandbox-stella-api-secret";

/** Starts both servers. Rejects with `SandboxPortInUse` when a port is taken, and leaves nothing running then. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { credentials, scenario = defaultScenario } = options;
  const clock = new SandboxClock(options.timeScale);
  const changes = new Changes();
  const gladly = await GladlySandbox.start({
    port: options.gladlyPort ?? 0,
    user: credentials.gladlyUser,
    token: credentials.gladlyToken,
    scenario,
    clock,
    changes,
  });
  try {
    const stella = await StellaSandbox.start({
      port: options.stellaPort ?? 0,
      keys: { test: credentials.stellaTestKey, production: credentials.stellaProductionKey },
      apiSecret: credentials.stellaApiSecret ?? DEFAULT_API_SECRET,
      scenario,
      clock,
      changes,
      gladly: () => ({ url: gladly.url, user: credentials.gladlyUser, token: credentials.gladlyToken }),
    });
    const close = async () => {
      clock.stop();
      await Promise.all([gladly.close(), stella.close()]);
    };
    return { gladly, stella, close };
  } catch (error) {
    await gladly.close();
    throw error;
  }
}
