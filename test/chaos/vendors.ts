/**
 * Gladly and Stella in memory. The invariants compare the relay's ledger with their records. A chaos run changes their
 * moods.
 */
import type { Gladly, Stella } from "../../src/relay/ports";
import { GladlyRefusal, GladlyUnreachable } from "../../src/vendors/gladly/errors";
import type { Agent, Conversation, Customer, Event, Inbox, Topic, Webhook } from "../../src/vendors/gladly/wire";
import type { StellaOutcome } from "../../src/vendors/stella/outcome";
import { SurveyRequest } from "../../src/vendors/stella/wire";

export const KINDS = [
  ...(["eligible", "no-agent", "no-email", "bad-email", "no-name", "do-not-send", "spam", "by-api", "bot"] as const),
];
export type Kind = (typeof KINDS)[number];

/** `nameless`: Gladly's lists have no names of agents and topics. */
export const GLADLY_MOODS = ["well", "unreachable", "500", "429", "401", "slow", "stalling", "nameless"] as const;
export type GladlyMood = (typeof GLADLY_MOODS)[number];

export const STELLA_MOODS = [
  ...([
    "well",
    "500",
    "503",
    "429",
    "unreachable",
    "lost-before",
    "lost-after",
    "slow",
    "stalling",
    "refusing",
  ] as const),
];
export type StellaMood = (typeof STELLA_MOODS)[number];

export interface Close {
  readonly eventId: string;
  readonly at: number;
  readonly body: string;
}

export interface Talk {
  readonly id: string;
  readonly kind: Kind;
  open: boolean;
  readonly closes: Close[];
  /** Requests that Stella may have received: all except those that could not connect. */
  asked: number;
  /** Requests that Stella accepted, including those without a survey. */
  accepted: number;
  /** Accepted requests for a survey. */
  surveys: number;
}

export class Vendors {
  now = Date.parse("2026-03-01T00:00:00Z");
  /** When the webhook was created, milliseconds since the epoch. */
  readonly createdAt = this.now;
  readonly talks: Talk[] = [];
  gladlyMood: GladlyMood = "well";
  stellaMood: StellaMood = "well";
  webhookOn = true;
  /** The key that Stella accepts. */
  stellaKey = "key-0";
  gladlyReads = 0;
  /** Runs while a process is stopped for longer than its claim is valid. */
  meanwhile: () => Promise<void> = async () => undefined;
  private readonly events: { readonly at: number; readonly event: Event }[] = [];

  talk(index: number): Talk | undefined {
    return this.talks.length === 0 ? undefined : this.talks[index % this.talks.length];
  }

  /** Closes a new or reopened conversation. @returns the close with its event */
  close(talk: Talk): Close {
    const eventId = `event-${talk.id}-${talk.closes.length}`;
    const event = {
      id: eventId,
      type: "CONVERSATION/CLOSED",
      timestamp: new Date(this.now).toISOString(),
      initiator: { id: "closer", type: talk.kind === "by-api" ? "API" : "AGENT" },
      content: {
        customerId: `customer-${talk.id}`,
        conversationId: talk.id,
        context: { assignee: { inboxId: "inbox", ...agentOf(talk) } },
      },
    };
    talk.open = false;
    const close = { eventId, at: this.now, body: JSON.stringify(event) };
    talk.closes.push(close);
    this.events.push({ at: this.now, event });
    return close;
  }

  newTalk(kind: Kind): Talk {
    const talk: Talk = { id: `c${this.talks.length}`, kind, open: true, closes: [], asked: 0, accepted: 0, surveys: 0 };
    this.talks.push(talk);
    return talk;
  }

  readonly gladly: Gladly = {
    conversation: (id) =>
      this.read((): Conversation | undefined => {
        const talk = this.talks.find((candidate) => candidate.id === id);
        if (talk === undefined) return undefined;
        const closedAt = talk.open ? {} : { closedAt: new Date(talk.closes.at(-1)?.at ?? 0).toISOString() };
        return {
          ...{ id, customerId: `customer-${id}`, inboxId: "inbox", status: talk.open ? "OPEN" : "CLOSED" },
          ...agentOf(talk),
          ...closedAt,
          topicIds: [TOPICS[talk.kind] ?? "topic-other"],
        };
      }),
    conversationItems: () => this.read(() => ({ items: [{ id: "item", content: { type: "EMAIL" } }], limited: false })),
    customer: (id) =>
      this.read((): Customer | undefined => {
        const talk = this.talks.find((candidate) => `customer-${candidate.id}` === id);
        if (talk === undefined) return undefined;
        const email = talk.kind === "bad-email" ? "none" : `${talk.id}@example.net`;
        return {
          ...{ id, emails: talk.kind === "no-email" ? [] : [{ original: email }] },
          ...(talk.kind === "no-name" ? {} : { name: "Pat" }),
        };
      }),
    agent: () => this.read((): Agent | undefined => undefined),
    agents: () =>
      this.read((): readonly Agent[] =>
        this.named([
          { id: "agent", emailAddress: "agent@example.com" },
          { id: "bot", emailAddress: "bot@example.com" },
        ]),
      ),
    topic: () => this.read((): Topic | undefined => undefined),
    topics: () =>
      this.read((): readonly Topic[] =>
        this.named([
          { id: "topic-dns", name: "do_not_send_stella", disabled: false },
          { id: "topic-spam", name: "Spam", disabled: false },
          { id: "topic-other", name: "Other", disabled: false },
        ]),
      ),
    inbox: () => this.read((): Inbox | undefined => undefined),
    inboxes: () => this.read((): readonly Inbox[] => []),
    events: (from, _entities, to) =>
      this.read((): readonly Event[] => {
        const end = to?.getTime() ?? this.now;
        return this.events.filter(({ at }) => at >= from.getTime() && at <= end).map(({ event }) => event);
      }),
    webhooks: () =>
      this.read((): readonly Webhook[] => [
        {
          ...{ id: "webhook", url: "https://relay.example.com/v1/webhooks/gladly", events: ["CONVERSATION/CLOSED"] },
          ...{
            enabled: this.webhookOn,
            hasCredentials: true,
            headerKeys: [],
            createdAt: new Date(this.createdAt).toISOString(),
          },
        },
      ]),
  };

  readonly stella: Stella = {
    request: async (key, body) => this.ask(key, SurveyRequest.parse(body)),
    forward: async () => {
      throw new Error("these vendors support only `enrich`");
    },
  };

  private async ask(key: string, request: SurveyRequest): Promise<StellaOutcome> {
    const mood = this.stellaMood;
    await turn();
    if (mood === "unreachable") return { kind: "unavailable", detail: "no connection" };
    const talk = this.talks.find((candidate) => candidate.id === request.ext_interaction_id);
    if (talk === undefined) throw new Error(`a survey about an unknown conversation: ${request.ext_interaction_id}`);
    talk.asked += 1;
    if (mood === "lost-before") return { kind: "ambiguous", detail: "no answer" };
    if (key !== this.stellaKey) return { kind: "misconfigured", status: 403 };
    if (mood === "500") return { kind: "ambiguous", detail: "500" };
    if (mood === "503") return { kind: "unavailable", status: 503, detail: "503" };
    if (mood === "429") return { kind: "unavailable", status: 429, detail: "429", retryAfterSeconds: 7 };
    if (mood === "refusing") return { kind: "refused", status: 400, detail: "employee profile not complete" };
    talk.accepted += 1;
    if (request.do_not_send !== true) talk.surveys += 1;
    if (mood === "lost-after") return { kind: "ambiguous", detail: "no answer" };
    if (mood === "slow") this.now += 9_000;
    if (mood === "stalling") await this.stall();
    await turn();
    return { kind: "accepted", status: 200 };
  }

  /** Stops the caller for longer than its claim and visibility timeout, such as when its machine pauses. */
  private async stall(): Promise<void> {
    this.now += 200_000;
    await this.meanwhile();
  }

  private named<T>(list: readonly T[]): readonly T[] {
    return this.gladlyMood === "nameless" ? [] : list;
  }

  private async read<T>(answer: () => T): Promise<T> {
    this.gladlyReads += 1;
    await turn();
    switch (this.gladlyMood) {
      case "unreachable":
        throw new GladlyUnreachable("GET", "https://gladly.example.com", new Error("refused"));
      case "500":
        throw new GladlyRefusal("GET", "/", 500, []);
      case "429":
        throw new GladlyRefusal("GET", "/", 429, [], 3);
      case "401":
        throw new GladlyRefusal("GET", "/", 401, []);
      case "slow":
        this.now += 5_000;
        return answer();
      case "stalling":
        await this.stall();
        return answer();
      case "well":
      case "nameless":
        return answer();
      default:
        return this.gladlyMood satisfies never;
    }
  }
}

const TOPICS: Readonly<Partial<Record<Kind, string>>> = { "do-not-send": "topic-dns", spam: "topic-spam" };

function agentOf(talk: Talk): { agentId?: string } {
  if (talk.kind === "no-agent") return {};
  return { agentId: talk.kind === "bot" ? "bot" : "agent" };
}

/** Waits for a turn of the event loop, so that calls interleave as over a network. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
