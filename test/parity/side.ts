/** One delivery: a sandbox and, with `forward` and `enrich`, a real relay between its Gladly and its Stella. */
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
  /** Assumptions about Stella's undocumented behaviour. @default the sandbox's */
  readonly assumptions?: Partial<StellaSettings["assumptions"]> | undefined;
  /**
   * Faults between the relay and its vendors. The seed decides which requests they hit. With timeouts, some answers of Stella
   * come after the relay's time limit, which takes time. @default no faults
   */
  readonly faults?: { readonly seed: number; readonly timeouts: boolean };
  readonly scenario?: Scenario;
}

const PATIENCE = { pause: 50, within: 600_000 };

export class Side {
  /** Number of closes and redeliveries. */
  private closes = 0;
  /** Number of closes that are only in Gladly's history. */
  private unfetched = 0;
  /** Events of closes that are retried because something is unknown. */
  private readonly unknown = new Set<string>();
  private again = 0;
  readonly day: Day;
  private listening = true;
  private webhookId = "";
  /** The relay's stores, opened again to read them. */
  private stores: LocalStores | undefined;
  private readonly gladly: GladlyClient;

  private constructor(
    readonly delivery: Delivery,
    private readonly sandbox: Sandbox,
    private readonly home: TestRelay | undefined,
    /** Whether the relay's policy has a delay. */
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

  /** @param agentId the agent who closes. @default the assigned agent */
  async close(id: string, by: Case["closedBy"], agentId?: string): Promise<void> {
    if (by === "erasure") return this.erase(id);
    await this.day.control(`conversations/${id}/close`, { by, ...(agentId === undefined ? {} : { agentId }) });
    if (this.listening) this.closes += 1;
    else this.unfetched += 1;
  }

  /** Disables or enables the webhook, as a person does in Gladly. */
  async switchWebhook(enabled: boolean): Promise<void> {
    await this.gladly.updateWebhook(this.webhookId, { enabled });
    this.listening = enabled;
  }

  /** Makes the relay fetch the closes that Gladly did not deliver. */
  async fetchMissed(): Promise<void> {
    if (this.home === undefined) return;
    await fetchMissed(this.home.path, this.gladly, PATIENCE);
    this.closes += this.unfetched;
    this.unfetched = 0;
  }

  /** Acts as an erasure job: closes the conversation and deletes its customer. */
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

  /** Sends a body that is not a Gladly event, with the right password. */
  async sendMalformed(): Promise<void> {
    if (this.home === undefined) return;
    await this.home.post('{"id":"malformed","type":"CONVERSATION/CLOSED"}');
    this.closes += 1;
  }

  /** Makes Stella's keys unusable for the relay during `act`, then usable again. */
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

  /** Adds an agent's message, which does not reopen a closed conversation. */
  async write(id: string): Promise<void> {
    await this.day.control(`conversations/${id}/messages`, { from: "agent", text: "One more thing." });
  }

  /** Makes Gladly use another status name for closed conversations. */
  async renameStatus(): Promise<void> {
    await this.day.control("settings", { statusNames: { CLOSED: "RESOLVED" } });
  }

  /** Moves the sandbox's clock forward, so that two closes of a conversation are never in the same second. */
  advance(milliseconds = 5_000): Promise<void> {
    return this.day.advance(milliseconds);
  }

  /** Pauses or resumes the relay. While paused it accepts events but processes none. */
  async pause(paused: boolean): Promise<void> {
    if (this.stores !== undefined) await setPaused(this.stores.ledger, paused);
  }

  /** Waits until Gladly has delivered everything and, without a relay, Stella has recorded the results. */
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

  /** Waits until every close has its final state, in the relay and in Stella. */
  async settled(): Promise<void> {
    await this.delivered();
    if (this.home === undefined) return;
    await eventually(
      () => this.ledger(),
      (closures) => this.haveEnded(closures),
      PATIENCE,
    );
    // Stella may answer before its look-ups, and may accept a request after the relay's time limit.
    await this.delivered();
  }

  /** The reason of each retry of the relay. */
  retries(): readonly string[] {
    const lines = this.home?.log.filter(({ event }) => event === "work.retry") ?? [];
    return lines.map(({ fields }) => String(fields?.reason));
  }

  /** Why Stella refused requests about a conversation, oldest first. */
  async refusals(conversationId: string): Promise<readonly string[]> {
    return refusalsOf(await this.requests(), conversationId);
  }

  /** The faults of this side, with the number of requests that each hit. */
  async struck(): Promise<z.infer<typeof Struck>> {
    const both = await Promise.all([this.day.look("gladly", "faults"), this.day.look("stella", "faults")]);
    return both.flatMap((list) => Struck.parse(list));
  }

  /** By conversation, in order. */
  async surveys(): Promise<ReadonlyMap<string, readonly Survey[]>> {
    return surveysOf(await this.requests());
  }

  /** The relay's ledger about each conversation's closes, oldest first. Empty with `direct`. */
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

  /** Waits until a close was retried for this reason, or no close is left. */
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

  /** Whether a close has its final state. A close with something unknown is retried for days, which counts as final here. */
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

/** An address for one conversation, because Gladly's addresses are unique. */
function addressFor(id: string, original: string): string {
  return original.replace("@", `.${id}@`);
}

/** The conversation's customer before the merge. */
function formerOf(id: string): string {
  return `former-${id}`;
}

function customerOf(id: string): string {
  return `customer-${id}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
