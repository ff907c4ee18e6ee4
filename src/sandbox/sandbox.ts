/**
 * Gladly and Stella Connect as local servers, for trying, rehearsing and testing: a client written for the real services
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
  /** Draws which requests a fault with a `share` strikes. @default 1 */
  readonly faultSeed?: number;
  /** Where a relay tells what became of each event, such as `http://127.0.0.1:4631`; the page shows it. @default none */
  readonly relayUrl?: string;
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

/** Nothing asks for a server before it listens, except a page that is opened in between. */
function started<T>(server: T | undefined): T {
  if (server === undefined) throw new Error("The sandbox is still starting.");
  return server;
}
