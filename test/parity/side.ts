/** One delivery: a sandbox of its own, and with `forward` and `enrich` a real relay between its Gladly and its Stella. */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { type LocalStores, openLocalStores } from "../../src/relay/local/stores";
import { setPaused } from "../../src/relay/pause";
import { type Reason, UNKNOWN_REASONS } from "../../src/relay/reasons";
import type { Closure } from "../../src/relay/record";
import { type Sandbox, type Scenario, startSandbox } from "../../src/sandbox/sandbox";
import type { StellaSettings } from "../../src/sandbox/stella/settings";
import { GladlyClient } from "../../src/vendors/gladly/client";
import { API_SECRET, Day, TOKEN, USER } from "../features/preview/day";
import { PASSWORD, PRODUCTION_KEY, TEST_KEY, TestRelay } from "../relay/support/test-relay";
import { eventually } from "../relay/support/wait";
import type { Case } from "./cases";
import { faultsOf } from "./faults";
import { fetchMissed } from "./fetch-missed";
import { Requests, refusalsOf, type Survey, surveysOf } from "./holdings";
import { AGENTS, NAMELESS_FAULTS, NAMELESS_SETTINGS, SCENARIO } from "./scenario";

export type Policy = RelayConfigurationInput["policy"];
export type Delivery = "direct" | "forward" | "enrich";

const Struck = z.array(z.object({ id: z.string(), effect: z.record(z.string(), z.unknown()), strikes: z.number() }));
const Deliveries = z.object({ deliveries: z.array(z.object({ state: z.string() })) });
const Events = z.array(
  z.object({
    id: z.string(),
    type: z.string(),
    content: z.object({ conversationId: z.string().optional() }).optional(),
  }),
);

export interface SideOptions {
  readonly delivery: Delivery;
  readonly policy?: Policy;
  /** What Stella is taken to do where nothing is published. @default what is most likely */
  readonly assumptions?: Partial<StellaSettings["assumptions"]> | undefined;
  /**
   * What goes wrong between the relay and its vendors: the seed draws which requests it strikes; with timeouts, answers of
   * Stella also come too late, which makes a run wait for them. @default nothing goes wrong
   */
  readonly faults?: { readonly seed: number; readonly timeouts: boolean };
  readonly scenario?: Scenario;
}

const PATIENCE = { pause: 50, within: 600_000 };

export class Side {
  /** Closes, and deliveries of them beyond the first. */
  private closes = 0;
  /** Closes that only Gladly's history tells of. */
  private unfetched = 0;
  /** Events of closes that were put off because something is not known. */
  private readonly unknown = new Set<string>();
  private again = 0;
  readonly day: Day;
  private listening = true;
  private webhookId = "";
  /** The relay's own, opened once more to look at. */
  private stores: LocalStores | undefined;
  private readonly gladly: GladlyClient;

  private constructor(
    readonly delivery: Delivery,
    private readonly sandbox: Sandbox,
    private readonly home: TestRelay | undefined,
    /** Whether the relay waits before it asks. */
    readonly waits: boolean,
  ) {
    this.day = new Day(sandbox);
    this.gladly = new GladlyClient({ baseUrl: sandbox.gladly.url, user: USER, token: TOKEN });
  }

  static async start(options: SideOptions): Promise<Side> {
    const { delivery, policy, assumptions, faults, scenario = SCENARIO } = options;
    const sandbox = await startSandbox({
      scenario,
      ...(faults === undefined ? {} : { faultSeed: faults.seed }),
      credentials: {
        ...{ gladlyUser: USER, gladlyToken: TOKEN, stellaApiSecret: API_SECRET },
        ...{ stellaTestKey: TEST_KEY, stellaProductionKey: PRODUCTION_KEY },
      },
    });
    const upstreams = { gladlyUrl: sandbox.gladly.url, stellaUrl: sandbox.stella.url };
    const home = delivery === "direct" ? undefined : new TestRelay(upstreams);
    const side = new Side(delivery, sandbox, home, (policy?.delay ?? 0) > 0);
    await side.day.settings();
    await side.day.control("settings", NAMELESS_SETTINGS);
    await side.day.control("faults", NAMELESS_FAULTS);
    if (assumptions !== undefined) await side.day.control("settings", { assumptions }, "stella");
    await side.connect(policy);
    const strikes = faults === undefined ? undefined : faultsOf(delivery, faults.timeouts);
    for (const server of ["gladly", "stella"] as const) {
      if (strikes !== undefined && strikes[server].length > 0)
        await side.day.control("faults", strikes[server], server);
    }
    return side;
  }

  async open(id: string, given: Case): Promise<void> {
    const customer = {
      id: given.customer.is === "gone" ? `gone-${id}` : customerOf(id),
      ...(given.customer.name === undefined ? {} : { name: given.customer.name }),
      emails: given.customer.emails.map((email) => ({ ...email, original: addressFor(id, email.original) })),
    };
    const merged = given.customer.is === "merged";
    if (merged) await this.day.control("customers", customer);
    await this.day.control("conversations", {
      ...{ id, agentId: AGENTS[given.agent], inboxId: given.inbox, channel: given.channel, topicIds: given.topics },
      ...{ startedBy: given.startedBy, answeredBy: given.answeredBy },
      customer: merged ? { id: formerOf(id) } : customer,
    });
    if (merged) await this.day.control(`customers/${formerOf(id)}/merge`, { into: customer.id });
  }

  /** @param agentId which agent closes; left out, the one who is assigned */
  async close(id: string, by: Case["closedBy"], agentId?: string): Promise<void> {
    if (by === "erasure") return this.erase(id);
    await this.day.control(`conversations/${id}/close`, { by, ...(agentId === undefined ? {} : { agentId }) });
    if (this.listening) this.closes += 1;
    else this.unfetched += 1;
  }

  /** Switches the webhook off or on, as a person does on Gladly's page. */
  async switchWebhook(enabled: boolean): Promise<void> {
    await this.gladly.updateWebhook(this.webhookId, { enabled });
    this.listening = enabled;
  }

  /** The relay looks for what Gladly did not deliver. */
  async fetchMissed(): Promise<void> {
    if (this.home === undefined) return;
    await fetchMissed(this.home.path, this.gladly, PATIENCE);
    this.closes += this.unfetched;
    this.unfetched = 0;
  }

  /** A run of erasures: closes the conversation and deletes its customer. */
  async erase(id: string): Promise<void> {
    await this.day.erase(customerOf(id));
    this.closes += 1;
  }

  async redeliver(id: string): Promise<void> {
    const events = Events.parse(await this.day.look("gladly", "events"));
    const event = events.find(({ type, content }) => type === "CONVERSATION/CLOSED" && content?.conversationId === id);
    if (event === undefined) throw new Error(`no close of ${id}`);
    await this.day.control(`events/${event.id}/redeliver`, {});
    this.again += 1;
  }

  reopen(id: string): Promise<void> {
    return this.day.reopen(id);
  }

  assign(id: string, inboxId: string, agentId: string): Promise<void> {
    return this.day.patch(id, { assignee: { inboxId, agentId } });
  }

  addTopic(id: string, topicId: string): Promise<void> {
    return this.day.addTopic(id, topicId);
  }

  /** Something that is no event of Gladly, with the right password. */
  async sendMalformed(): Promise<void> {
    if (this.home === undefined) return;
    await this.home.post('{"id":"malformed","type":"CONVERSATION/CLOSED"}');
    this.closes += 1;
  }

  /** Stella's keys are where the relay cannot use them while something happens; then they are put right. */
  async withoutKeys(act: () => Promise<void>): Promise<void> {
    if (this.home === undefined) return act();
    const key = join(this.home.path, "secrets", "stella-production-key");
    chmodSync(key, 0o644);
    await act();
    await this.untilPutOff("secret-unreadable");
    this.home.secret("stella-test-key", PRODUCTION_KEY);
    chmodSync(key, 0o600);
    await this.untilPutOff("survey-mode-guard");
    this.home.secret("stella-test-key", TEST_KEY);
  }

  /** An agent's message, which leaves a closed conversation closed. */
  async write(id: string): Promise<void> {
    await this.day.control(`conversations/${id}/messages`, { from: "agent", text: "One more thing." });
  }

  /** From now on Gladly calls a closed conversation something else. */
  async renameStatus(): Promise<void> {
    await this.day.control("settings", { statusNames: { CLOSED: "RESOLVED" } });
  }

  /** Moves the sandbox's clock, so that two closes of a conversation never share a second. */
  advance(milliseconds = 5_000): Promise<void> {
    return this.day.advance(milliseconds);
  }

  /** The relay takes what it is told and works on nothing. */
  async pause(paused: boolean): Promise<void> {
    if (this.stores !== undefined) await setPaused(this.stores.ledger, paused);
  }

  /** Waits until Gladly has delivered everything, and Stella has recorded what came of it without a relay. */
  async delivered(): Promise<void> {
    await eventually(
      () => this.underWay(),
      (left) => left === 0,
      PATIENCE,
    );
    await eventually(
      () => this.pendingAtStella(),
      (count) => count === 0,
      PATIENCE,
    );
  }

  /** Waits until everything that was closed has come to its end, here and at Stella. */
  async settled(): Promise<void> {
    await this.delivered();
    if (this.home === undefined) return;
    await eventually(
      () => this.ledger(),
      (closures) => this.haveEnded(closures),
      PATIENCE,
    );
    // Stella answers before it looks, and takes a request after the relay gave up waiting.
    await this.delivered();
  }

  /** Why the relay put off a close, as often as it did. */
  retries(): readonly string[] {
    const lines = this.home?.log.filter(({ event }) => event === "work.retry") ?? [];
    return lines.map(({ fields }) => String(fields?.reason));
  }

  /** Why Stella refused requests about a conversation, oldest first. */
  async refusals(conversationId: string): Promise<readonly string[]> {
    return refusalsOf(await this.requests(), conversationId);
  }

  /** The faults of this side, with how many requests each struck. */
  async struck(): Promise<z.infer<typeof Struck>> {
    const both = await Promise.all([this.day.look("gladly", "faults"), this.day.look("stella", "faults")]);
    return both.flatMap((list) => Struck.parse(list));
  }

  /** By conversation, in order. */
  async surveys(): Promise<ReadonlyMap<string, readonly Survey[]>> {
    return surveysOf(await this.requests());
  }

  /** What the relay's ledger says of each conversation's closes, oldest first; empty with `direct`. */
  async closures(): Promise<ReadonlyMap<string, readonly Closure[]>> {
    const records = (await this.stores?.ledger.recent(1_000_000)) ?? [];
    return new Map(records.map(({ conversationId, closures }) => [conversationId ?? "", closures]));
  }

  async end(): Promise<void> {
    this.stores?.close();
    await this.home?.remove();
    await this.sandbox.close();
  }

  private async connect(policy: Policy): Promise<void> {
    const { gladly, stella } = this.sandbox;
    const hook = { name: "Send Stella Survey", enabled: true, events: ["CONVERSATION/CLOSED", "CONTACT/STARTED"] };
    if (this.home === undefined) {
      const credentials = { username: "connect", password: PRODUCTION_KEY };
      this.webhookId = await this.gladly.createWebhook({
        ...{ ...hook, events: ["CONVERSATION/CLOSED"], credentials },
        url: `${stella.url}/v1/webhooks/gladly`,
      });
      return;
    }
    this.home.configure({
      ...{ surveyMode: "production", delivery: this.delivery === "forward" ? "forward" : "enrich" },
      gladly: { url: gladly.url, user: USER, requestsPerSecond: 100 },
      stella: { url: stella.url },
      ...(policy === undefined ? {} : { policy }),
    });
    const { url } = await this.home.serve();
    this.stores = openLocalStores(this.home.path);
    const credentials = { username: "connect", password: PASSWORD };
    this.webhookId = await this.gladly.createWebhook({ ...hook, credentials, url: `${url}/v1/webhooks/gladly` });
  }

  /** Waits until some close was put off for this reason, or none is left to be. */
  private async untilPutOff(reason: Reason): Promise<void> {
    await this.delivered();
    await eventually(
      async () => this.retries().includes(reason) || this.haveEnded(await this.ledger()),
      (seen) => seen,
      PATIENCE,
    );
  }

  private haveEnded(closures: readonly Closure[]): boolean {
    const ended = closures.filter((closure) => this.hasEnded(closure));
    return ended.length === this.closes && sum(closures.map(({ duplicates }) => duplicates)) === this.again;
  }

  /** What is not known is asked about again for days: that is its end as far as a run can wait. */
  private hasEnded({ eventId, state, finishedAt, reason }: Closure): boolean {
    if (state === "retrying" && UNKNOWN_REASONS.some((unknown) => unknown === reason)) this.unknown.add(eventId);
    return finishedAt !== undefined || this.unknown.has(eventId);
  }

  private async underWay(): Promise<number> {
    const { deliveries } = Deliveries.parse(await this.day.look("gladly", "deliveries"));
    return deliveries.filter(({ state }) => state === "waiting" || state === "under-way").length;
  }

  private async pendingAtStella(): Promise<number> {
    return z.object({ count: z.number() }).parse(await this.day.look("stella", "pending")).count;
  }

  private async ledger(): Promise<readonly Closure[]> {
    return [...(await this.closures()).values()].flat();
  }

  private async requests(): Promise<Requests> {
    return Requests.parse(await this.day.look("stella", "requests"));
  }
}

/** An address that no other conversation has: Gladly keeps them unique. */
function addressFor(id: string, original: string): string {
  return original.replace("@", `.${id}@`);
}

/** Whom the conversation is opened with before the merge. */
function formerOf(id: string): string {
  return `former-${id}`;
}

function customerOf(id: string): string {
  return `customer-${id}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
