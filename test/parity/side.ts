/** One delivery: a sandbox of its own, and with `forward` and `enrich` a real relay between its Gladly and its Stella. */
import { z } from "zod";
import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { openLocalStores, systemChance, systemClock } from "../../src/relay/local/stores";
import { UNKNOWN_REASONS } from "../../src/relay/reasons";
import { reconcile } from "../../src/relay/reconcile";
import type { Closure } from "../../src/relay/record";
import { type Sandbox, type Scenario, startSandbox } from "../../src/sandbox/sandbox";
import { GladlyClient } from "../../src/vendors/gladly/client";
import { API_SECRET, Day, TOKEN, USER } from "../features/preview/day";
import { PASSWORD, PRODUCTION_KEY, TEST_KEY, TestRelay } from "../relay/support/test-relay";
import { eventually } from "../relay/support/wait";
import type { Case } from "./cases";
import { faultsOf } from "./faults";
import { AGENTS, SCENARIO } from "./scenario";

export type Policy = RelayConfigurationInput["policy"];
export type Delivery = "direct" | "forward" | "enrich";

/** What Stella holds of one close that asked for a survey, or told of one without. */
export interface Survey {
  readonly conversationId: string;
  readonly status: string;
  readonly recipient: string | null;
  readonly employee: string | undefined;
  readonly name: string | undefined;
  readonly channel: string;
  readonly tags: string;
}

const Requests = z.array(
  z.object({
    decision: z.enum(["accepted", "refused"]),
    deliveryStatus: z.string().optional(),
    refusal: z.string().optional(),
    detail: z.string().optional(),
    recipient: z.string().nullable(),
    channel: z.string(),
    employeeEmail: z.string().optional(),
    extInteractionId: z.string().optional(),
    request: z.object({
      customer: z.object({ name: z.string().optional() }).optional(),
      tags: z.array(z.string()).optional(),
    }),
  }),
);
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
  /**
   * What goes wrong between the relay and its vendors: the seed draws which requests it strikes; with timeouts, answers of
   * Stella also come too late, which makes a run wait for them. @default nothing goes wrong
   */
  readonly faults?: { readonly seed: number; readonly timeouts: boolean };
  readonly scenario?: Scenario;
}

export class Side {
  /** Closes, and deliveries of them beyond the first. */
  private closes = 0;
  private again = 0;
  readonly day: Day;
  private listening = true;
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

  static async start({ delivery, policy, faults, scenario = SCENARIO }: SideOptions): Promise<Side> {
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
    await side.connect(policy);
    const strikes = faults === undefined ? undefined : faultsOf(delivery, faults.timeouts);
    for (const server of ["gladly", "stella"] as const) {
      if (strikes !== undefined && strikes[server].length > 0)
        await side.day.control("faults", strikes[server], server);
    }
    return side;
  }

  async open(id: string, given: Case): Promise<void> {
    await this.day.control("conversations", {
      ...{ id, agentId: AGENTS[given.agent], inboxId: given.inbox, channel: given.channel, topicIds: given.topics },
      ...{ startedBy: given.startedBy, answeredBy: given.answeredBy },
      customer: {
        id: customerOf(id),
        ...(given.customer.name === undefined ? {} : { name: given.customer.name }),
        emails: given.customer.emails.map((email) => ({ ...email, original: addressFor(id, email.original) })),
      },
    });
  }

  /** @param agentId which agent closes; left out, the one who is assigned */
  async close(id: string, by: Case["closedBy"], agentId?: string): Promise<void> {
    await this.day.control(`conversations/${id}/close`, { by, ...(agentId === undefined ? {} : { agentId }) });
    if (this.listening || this.home !== undefined) this.closes += 1;
  }

  /** Switches the webhook off or on, as a person does on Gladly's page. */
  async switchWebhook(enabled: boolean): Promise<void> {
    for (const { id } of await this.gladly.webhooks()) await this.gladly.updateWebhook(id, { enabled });
    this.listening = enabled;
  }

  /** What the relay does every few minutes: looks through Gladly's history for closes that were never delivered. */
  async fetchMissed(): Promise<void> {
    if (this.home === undefined) return;
    const stores = openLocalStores(this.home.path);
    try {
      await reconcile({
        ...{ configuration: stores.configuration.read(), installation: stores.configuration.installation() },
        ...{ gladly: this.gladly, ledger: stores.ledger, queue: stores.queue, chance: systemChance },
        // It leaves out the last two minutes, of which deliveries may be under way.
        clock: { ...systemClock, now: () => systemClock.now() + 3 * 60_000 },
        metrics: { count: () => undefined, observe: () => undefined },
        log: () => undefined,
      });
    } finally {
      stores.close();
    }
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

  /** Moves the sandbox's clock, so that two closes of a conversation never share a second. */
  advance(): Promise<void> {
    return this.day.advance(5_000);
  }

  /** Waits until everything that was closed has come to its end, here and at Stella. */
  async settled(): Promise<void> {
    const patience = { pause: 50, within: 600_000 };
    await eventually(
      () => this.underWay(),
      (left) => left === 0,
      patience,
    );
    if (this.home !== undefined) {
      await eventually(
        () => this.ledger(),
        (closures) => {
          const ended = closures.filter(hasEnded);
          return ended.length === this.closes && sum(closures.map(({ duplicates }) => duplicates)) === this.again;
        },
        patience,
      );
    }
    // Stella answers before it looks, and takes a request after the relay gave up waiting.
    await eventually(
      () => this.pendingAtStella(),
      (count) => count === 0,
      patience,
    );
  }

  /** Why Stella refused requests about a conversation, oldest first. */
  async refusals(conversationId: string): Promise<readonly string[]> {
    const own = (await this.requests()).filter(({ extInteractionId }) => extInteractionId === conversationId);
    return own.flatMap(({ refusal, detail = "" }) => (refusal === undefined ? [] : `${refusal}: ${detail}`));
  }

  /** The faults of this side, with how many requests each struck. */
  async struck(): Promise<z.infer<typeof Struck>> {
    const both = await Promise.all([this.day.look("gladly", "faults"), this.day.look("stella", "faults")]);
    return both.flatMap((list) => Struck.parse(list));
  }

  /** By conversation, in order. */
  async surveys(): Promise<ReadonlyMap<string, readonly Survey[]>> {
    const found = new Map<string, Survey[]>();
    for (const one of await this.requests()) {
      if (one.decision !== "accepted") continue;
      const conversationId = one.extInteractionId ?? "";
      const survey = {
        ...{ conversationId, status: one.deliveryStatus ?? "", recipient: one.recipient, channel: one.channel },
        ...{ employee: one.employeeEmail, name: one.request.customer?.name },
        tags: [...(one.request.tags ?? [])].sort().join(),
      };
      found.set(conversationId, [...(found.get(conversationId) ?? []), survey]);
    }
    return found;
  }

  /** What the relay's ledger says of each conversation's closes, oldest first; empty with `direct`. */
  async closures(): Promise<ReadonlyMap<string, readonly Closure[]>> {
    if (this.home === undefined) return new Map();
    const home = openLocalStores(this.home.path);
    try {
      const records = await home.ledger.recent(1_000_000);
      return new Map(records.map(({ conversationId, closures }) => [conversationId ?? "", closures]));
    } finally {
      home.close();
    }
  }

  async end(): Promise<void> {
    await this.home?.remove();
    await this.sandbox.close();
  }

  private async connect(policy: Policy): Promise<void> {
    const { gladly, stella } = this.sandbox;
    const hook = { name: "Send Stella Survey", enabled: true, events: ["CONVERSATION/CLOSED", "CONTACT/STARTED"] };
    if (this.home === undefined) {
      const credentials = { username: "connect", password: PRODUCTION_KEY };
      await this.gladly.createWebhook({
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
    const credentials = { username: "connect", password: PASSWORD };
    await this.gladly.createWebhook({ ...hook, credentials, url: `${url}/v1/webhooks/gladly` });
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

  private async requests(): Promise<z.infer<typeof Requests>> {
    return Requests.parse(await this.day.look("stella", "requests"));
  }
}

/** An address that no other conversation has: Gladly keeps them unique. */
function addressFor(id: string, original: string): string {
  return original.replace("@", `.${id}@`);
}

export function customerOf(id: string): string {
  return `customer-${id}`;
}

/** What is not known is asked about again for days: that is its end as far as a run can wait. */
function hasEnded({ state, finishedAt, reason }: Closure): boolean {
  return finishedAt !== undefined || (state === "retrying" && UNKNOWN_REASONS.some((unknown) => unknown === reason));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
