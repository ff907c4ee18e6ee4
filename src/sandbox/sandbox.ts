/**
 * Gladly and Stella Connect as local servers, for trials, rehearsals and tests. A client written for the real services
 * must not notice the difference. Everything that the real services do not have is under the prefix `/_sandbox/`.
 */
import { Changes } from "./changes";
import { SandboxClock } from "./clock";
import { defaultScenario } from "./default-scenario";
import { GladlySandbox } from "./gladly/gladly-sandbox";
import { Page } from "./page/page";
import type { Scenario } from "./scenario";
import { StellaSandbox } from "./stella/stella-sandbox";

export { parseScenario } from "./scenario";
export { readScenario } from "./scenario-file";
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
  /** Seed that decides which requests a fault with a `share` hits. @default 1 */
  readonly faultSeed?: number;
  /** Operations port of a relay, such as `http://127.0.0.1:4631`: the page shows its decisions. @default none */
  readonly relayUrl?: string;
}

export interface Sandbox {
  /** `gladly.url` is `http://127.0.0.1:<port>`. */
  readonly gladly: GladlySandbox;
  /** `stella.url` is `http://127.0.0.1:<port>`. */
  readonly stella: StellaSandbox;
  /** Stops both servers and aborts the requests they send. */
  close(): Promise<void>;
}

const DEFAULT_API_SECRET = "sandbox-stella-api-secret";

/**
 * Starts both servers.
 *
 * @throws SandboxPortInUse when a port is taken; then neither server keeps running
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { credentials, scenario = defaultScenario } = options;
  const { gladlyUser, gladlyToken } = credentials;
  const keys = { test: credentials.stellaTestKey, production: credentials.stellaProductionKey };
  const clock = new SandboxClock(options.timeScale);
  const changes = new Changes();
  const running: { gladly?: GladlySandbox; stella?: StellaSandbox } = {};
  const page = new Page({
    clock,
    changes,
    gladly: () => started(running.gladly),
    stella: () => started(running.stella),
    gladlyUser,
    gladlyToken,
    keys,
  });
  const close = async () => {
    clock.stop();
    page.close();
    await Promise.all([running.gladly?.close(), running.stella?.close()]);
  };
  try {
    running.gladly = await GladlySandbox.start({
      port: options.gladlyPort ?? 0,
      user: gladlyUser,
      token: gladlyToken,
      scenario,
      clock,
      changes,
      pageRoutes: page.routes(),
      relayUrl: options.relayUrl ?? null,
      faultSeed: options.faultSeed ?? 1,
    });
    running.stella = await StellaSandbox.start({
      port: options.stellaPort ?? 0,
      keys,
      apiSecret: credentials.stellaApiSecret ?? DEFAULT_API_SECRET,
      scenario,
      clock,
      changes,
      faultSeed: options.faultSeed ?? 1,
      gladly: () => ({ url: started(running.gladly).url, user: gladlyUser, token: gladlyToken }),
    });
    return { gladly: running.gladly, stella: running.stella, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Only a page that is opened during the start asks for a server that does not listen yet. */
function started<T>(server: T | undefined): T {
  if (server === undefined) throw new Error("The sandbox is still starting.");
  return server;
}
