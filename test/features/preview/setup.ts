/** The setup of a preview: a sandbox, a served relay, and an environment in a git repository. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { main } from "../../../src/commands";
import type { PreviewOutcome } from "../../../src/features/preview/outcome";
import { openLocalStores } from "../../../src/relay/local/stores";
import { setPaused } from "../../../src/relay/pause";
import { UNKNOWN_REASONS } from "../../../src/relay/reasons";
import type { Closure, ConversationRecord } from "../../../src/relay/record";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import { PASSWORD, PRODUCTION_KEY, TEST_KEY, TestRelay } from "../../relay/support/test-relay";
import { eventually } from "../../relay/support/wait";
import { type RememberingTerminal, rememberingTerminal } from "../../support/terminal";
import { API_SECRET, Day, SCENARIO, TOKEN, USER } from "./day";

const Health = z.object({ waiting: z.number(), handedOut: z.number() });
const Deliveries = z.object({ deliveries: z.array(z.object({ state: z.string() })) });

export interface EnvironmentFile {
  readonly surveyMode?: "test" | "production";
  readonly delivery?: "direct" | "forward" | "enrich";
  readonly policy?: object;
}

export class PreviewSetup {
  /** The terminal's environment variables. */
  readonly env: NodeJS.ProcessEnv;
  readonly home: TestRelay;
  readonly day: Day;

  private constructor(
    readonly sandbox: Sandbox,
    readonly root: string,
  ) {
    this.home = new TestRelay({ gladlyUrl: sandbox.gladly.url, stellaUrl: sandbox.stella.url });
    this.restoreApiSecret();
    this.day = new Day(sandbox);
    mkdirSync(join(root, "homes"));
    symlinkSync(this.home.path, join(root, "homes", "sandbox"));
    mkdirSync(join(root, "stacks", "environments"), { recursive: true });
    this.env = { RELAY_HOME: join(root, "homes"), RELAY_ENVIRONMENTS: join(root, "stacks", "environments") };
  }

  static async start(): Promise<PreviewSetup> {
    const sandbox = await startSandbox({
      scenario: SCENARIO,
      credentials: {
        ...{ gladlyUser: USER, gladlyToken: TOKEN, stellaApiSecret: API_SECRET },
        ...{ stellaTestKey: TEST_KEY, stellaProductionKey: PRODUCTION_KEY },
      },
    });
    const setup = new PreviewSetup(sandbox, mkdtempSync(join(tmpdir(), "preview-")));
    await setup.day.settings();
    return setup;
  }

  async end(): Promise<void> {
    await this.home.remove();
    await this.sandbox.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Applies a configuration, serves the relay, and creates Gladly's webhook to it. */
  async serve(file: EnvironmentFile): Promise<void> {
    const { gladly, stella } = this.upstreams();
    this.home.configure({
      surveyMode: file.surveyMode ?? "test",
      delivery: file.delivery === "forward" ? "forward" : "enrich",
      gladly: { ...gladly, requestsPerSecond: 100 },
      stella,
      ...(file.policy === undefined ? {} : { policy: file.policy }),
    });
    const { url } = await this.home.serve();
    const client = new GladlyClient({ baseUrl: gladly.url, user: USER, token: TOKEN });
    await client.createWebhook({
      ...{ name: "Send Stella Survey", url: `${url}/v1/webhooks/gladly`, enabled: true },
      events: ["CONTACT/STARTED", "CONVERSATION/CLOSED"],
      credentials: { username: "connect", password: PASSWORD },
    });
  }

  /** Writes the environment file. */
  write(file: EnvironmentFile, name = "sandbox"): string {
    const path = join(this.root, "stacks", "environments", `${name}.ts`);
    const relay = { on: "local", url: "http://127.0.0.1:4630" };
    const manualSteps = { integratedChannel: { by: "a test", on: "2026-11-22" } };
    const environment = {
      ...{ name, surveyMode: file.surveyMode ?? "test", delivery: file.delivery ?? "enrich" },
      ...{ ...this.upstreams(), relay, manualSteps, policy: file.policy },
    };
    writeFileSync(path, `export default ${JSON.stringify(environment, undefined, 2)};\n`);
    return path;
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.root, ...identity, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Makes a repository with the environment files committed on `main`. */
  commitAll(message = "the environments"): void {
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("add", "stacks");
    this.git("commit", "--quiet", "--message", message);
  }

  /** Runs `relay preview sandbox` with these options. */
  async preview(
    options: readonly string[],
    stop?: AbortSignal,
  ): Promise<{ readonly code: number; readonly terminal: RememberingTerminal }> {
    const terminal = rememberingTerminal(this.env, stop);
    const code = await main(["preview", "sandbox", "--rate", "100", ...options], terminal);
    return { code, terminal };
  }

  /** Waits for a condition. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    await eventually(holds, (held) => held);
  }

  /** Closes in a preview's cache. */
  keptLines(cache: string): number {
    return existsSync(cache)
      ? readFileSync(cache, "utf8")
          .split("\n")
          .filter((line) => line.includes("eventId")).length
      : 0;
  }

  restoreApiSecret(): void {
    this.home.secret("stella-api-secret", API_SECRET);
  }

  async pause(paused: boolean): Promise<void> {
    await this.opened(({ ledger }) => setPaused(ledger, paused));
  }

  /** Waits until the relay has nothing left to work on. */
  async worked(): Promise<void> {
    await eventually(
      async () => {
        const [left, closures] = [await this.waiting(), await this.closures()];
        // A close with something unknown is retried for days.
        return left === undefined || left > closures.filter(isUnknown).length ? left : this.unfinished(closures);
      },
      (left) => left === 0,
      { pause: 300, within: 3_600_000 },
    );
  }

  /** Number of waiting messages. Undefined when the connection was cut, which happens once in thousands of reads. */
  private async waiting(): Promise<number | undefined> {
    const health = await fetch(`${this.home.relay?.operationsUrl}/health`).then(
      (response) => response.json(),
      () => undefined,
    );
    const depth = Health.safeParse(health);
    return depth.success ? depth.data.waiting + depth.data.handedOut : undefined;
  }

  /** Number of deliveries to the relay, and closes in progress. */
  private async unfinished(closures: readonly Closure[]): Promise<number> {
    const { deliveries } = Deliveries.parse(await this.day.look("gladly", "deliveries"));
    const begun = closures.filter((closure) => closure.finishedAt === undefined && !isUnknown(closure));
    return begun.length + deliveries.filter(({ state }) => state === "waiting" || state === "under-way").length;
  }

  /** Every close in the relay's ledger. */
  async closures(): Promise<readonly Closure[]> {
    return (await this.records()).flatMap(({ closures }) => closures);
  }

  /** Every conversation in the relay's ledger, its closes oldest first. */
  records(): Promise<readonly ConversationRecord[]> {
    return this.opened(({ ledger }) => ledger.recent(1_000_000));
  }

  private async opened<T>(use: (home: ReturnType<typeof openLocalStores>) => Promise<T> | T): Promise<T> {
    const home = openLocalStores(this.home.path);
    try {
      return await use(home);
    } finally {
      home.close();
    }
  }

  private upstreams() {
    return { gladly: { url: this.sandbox.gladly.url, user: USER }, stella: { url: this.sandbox.stella.url } };
  }
}

/** Whether a close is retried for days, because Gladly does not return data that the decision needs. */
function isUnknown({ state, reason }: Closure): boolean {
  return (state === "retrying" || state === "working") && UNKNOWN_REASONS.some((unknown) => unknown === reason);
}

/** The relay's result for a close, as a preview's outcome. */
export function outcomeOf(closure: Closure): PreviewOutcome {
  const { state, reason, surveyMode, detail } = closure;
  if (isUnknown(closure)) return { kind: "tried-again", reason: reason as PreviewOutcome["reason"] };
  // After a refusal, the relay sends no requests about the agent for hours. The preview says that Stella refuses all.
  if (reason === "agent-profile-refused") return { kind: "refused", reason: "no-active-profile" };
  switch (state) {
    case "sent":
      return {
        kind: surveyMode === "production" ? "survey-to-customer" : "survey-to-test-address",
        reason: "eligible",
      };
    case "recorded":
      return { kind: "recorded", reason: reason === "excluded-topic" ? reason : "do-not-send-topic" };
    case "skipped":
      if (reason === "eligible" || reason === undefined) break;
      return { kind: "skipped", reason: reason as PreviewOutcome["reason"] };
    case "parked":
      if (reason === "refused-by-stella") return { kind: "refused", reason: "no-active-profile" };
  }
  throw new Error(`no preview foresees ${state} ${reason}: ${detail}`);
}

/** The number of each outcome, as sorted text. */
export function tallied(outcomes: readonly PreviewOutcome[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { kind, reason } of outcomes) counts.set(`${kind} ${reason}`, (counts.get(`${kind} ${reason}`) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}
