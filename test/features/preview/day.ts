/** A day of a support team in the sandbox's Gladly, with closes of every kind that the relay distinguishes. */

import { z } from "zod";
import { defaultScenario } from "../../../src/sandbox/default-scenario";
import type { Sandbox, Scenario } from "../../../src/sandbox/sandbox";

export const USER = "relay@example.com";
export const TOKEN = "gladly-token-for-tests";
export const API_SECRET = "stella-api-secret-for-tests";

export const INBOX = "inbox-Support-00000001";
export const DO_NOT_SEND = "topic-Do-Not-Send-0001";
const ORDINARY = "topic-Refund-000000003";
const CHANNELS = ["EMAIL", "CHAT", "PHONE_CALL", "SMS", "WHATSAPP"] as const;

const PEOPLE = Array.from({ length: 12 }, (_value, index) => ({
  id: `agent-Person-${index}`,
  name: `Person ${index}`,
  emailAddress: `person.${index}@example.com`,
  stellaProfile: "Active" as const,
}));
const OTHERS = [
  { id: "agent-Novice", name: "Nora Novice", emailAddress: "nora.novice@example.com", stellaProfile: "Pending Review" },
  { id: "agent-Former", name: "Fred Former", emailAddress: "fred.former@example.com", stellaProfile: "Deactivated" },
  { id: "agent-Unknown", name: "Una Unknown", emailAddress: "una.unknown@example.com", stellaProfile: null },
  { id: "agent-Bot-by-id", name: "Bot One", emailAddress: "bot.one@example.com", stellaProfile: "Active" },
  { id: "agent-Bot-by-mail", name: "Bot Two", emailAddress: "Bot.Two@example.com", stellaProfile: "Active" },
] as const;
/** An agent of the inbox who is no longer in Gladly. */
const GONE_AGENT = "agent-Gone";

export const BOTS = ["agent-Bot-by-id", "bot.two@example.com"];

export const SCENARIO: Scenario = {
  ...defaultScenario,
  agents: [...PEOPLE, ...OTHERS],
  inboxes: [
    {
      id: INBOX,
      name: "Support",
      disabled: false,
      agentIds: [...PEOPLE, ...OTHERS].map(({ id }) => id).concat(GONE_AGENT),
    },
  ],
  teams: [],
  topics: [...defaultScenario.topics, { id: DO_NOT_SEND, name: "do_not_send_stella", disabled: false }],
  customers: [],
  conversations: [],
};

/** One conversation to open and close. */
export interface Kind {
  readonly name: string;
  /** Number in every hundred closes. */
  readonly share: number;
  readonly agentId?: string | null;
  readonly channel?: string;
  readonly unwanted?: boolean;
  readonly withoutEmail?: boolean;
  /** Prefix of the conversation's id, which selects the fault that makes Gladly not find it. */
  readonly conversation?: string;
  readonly customer?: string;
  readonly reopened?: boolean;
}

export const KINDS: readonly Kind[] = [
  { name: "plain", share: 58 },
  { name: "no e-mail address", share: 7, withoutEmail: true },
  { name: "nobody assigned", share: 4, agentId: null },
  { name: "an agent who is gone", share: 2, agentId: GONE_AGENT },
  { name: "a bot, by id", share: 2, agentId: "agent-Bot-by-id" },
  { name: "a bot, by address", share: 2, agentId: "agent-Bot-by-mail" },
  { name: "the topic", share: 6, unwanted: true },
  { name: "the topic, and no address", share: 2, unwanted: true, withoutEmail: true },
  { name: "a channel left out", share: 3, channel: "VOICEMAIL" },
  { name: "a profile under review", share: 3, agentId: "agent-Novice" },
  { name: "a profile switched off", share: 1, agentId: "agent-Former" },
  { name: "no profile at all", share: 2, agentId: "agent-Unknown" },
  { name: "the topic, and a profile under review", share: 1, unwanted: true, agentId: "agent-Novice" },
  { name: "a customer who is gone", share: 2, customer: "gone-" },
  { name: "a conversation that is gone", share: 2, conversation: "vanished-" },
  { name: "opened again at once", share: 3, reopened: true },
];

/** Kinds for this number of closes, each at least once, in a fixed mixed order. */
export function kindsFor(closes: number): readonly Kind[] {
  const wheel = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  // 37 and the list's length have no common factor, so the steps visit every entry.
  return Array.from({ length: closes }, (_value, index) => wheel[(index * 37) % wheel.length]).flatMap(
    (kind) => kind ?? [],
  );
}

/** Uses the sandbox's Gladly as people do. */
export class Day {
  private number = 0;
  /** The last customer of an ordinary conversation. */
  private writer: string | undefined;

  constructor(private readonly sandbox: Sandbox) {}

  /** Sets the settings and faults of the day. */
  async settings(): Promise<void> {
    await this.send("DELETE", `${this.sandbox.gladly.url}/_sandbox/faults`, undefined);
    await this.control("settings", { rateLimit: { buckets: "off" }, eventsDelaySeconds: 0 });
    await this.control("faults", [
      { effect: { kind: "status", status: 404 }, method: "GET", path: "/api/v1/customer-profiles/gone-" },
      { effect: { kind: "status", status: 404 }, method: "GET", path: "/api/v1/conversations/vanished-" },
    ]);
  }

  /** Opens and closes one conversation. Every fourth customer writes twice a day. @returns the conversation's id */
  async close(kind: Kind): Promise<string> {
    const number = this.number;
    this.number += 1;
    const again = number % 4 === 3 && kind.name === "plain" ? this.writer : undefined;
    const customerId = `${kind.customer ?? "customer-"}${kind.withoutEmail ? "silent-" : ""}${number}`;
    const email = kind.withoutEmail ? {} : { email: `customer.${number}@example.net` };
    const customer = { id: customerId, name: `Customer ${number}`, ...email };
    const agentId = kind.agentId === undefined ? PEOPLE[number % PEOPLE.length]?.id : kind.agentId;
    const opened = await this.control("conversations", {
      ...(kind.conversation === undefined ? {} : { id: `${kind.conversation}${number}` }),
      ...(again === undefined ? { customer } : { customerId: again }),
      ...{ agentId, inboxId: INBOX },
      channel: kind.channel ?? CHANNELS[number % CHANNELS.length],
      topicIds: kind.unwanted ? [ORDINARY, DO_NOT_SEND] : [ORDINARY],
    });
    if (kind.name === "plain") this.writer = again ?? customerId;
    const { id } = z.object({ id: z.string() }).parse(opened);
    await this.patch(id, { status: { value: "CLOSED", force: true } });
    if (kind.reopened) await this.reopen(id);
    return id;
  }

  /** The customer writes again, which reopens the conversation. */
  async reopen(id: string): Promise<void> {
    await this.control(`conversations/${id}/messages`, { from: "customer", text: "One more thing." });
  }

  /** Erases the customer as an erasure job, which closes the open conversation. */
  async erase(customerId: string): Promise<void> {
    const url = `${this.sandbox.gladly.url}/_sandbox/customers/${customerId}/erase`;
    const response = await this.send("POST", url, {});
    if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  }

  patch(id: string, change: object): Promise<void> {
    return this.api("PATCH", `conversations/${id}`, change);
  }

  addTopic(id: string, topicId: string): Promise<void> {
    return this.api("POST", `conversations/${id}/topics`, { topicIds: [topicId] });
  }

  removeTopic(id: string, topicId: string): Promise<void> {
    return this.api("DELETE", `conversations/${id}/topics/${topicId}`);
  }

  async advance(milliseconds: number): Promise<void> {
    await this.control("clock", { advance: milliseconds });
  }

  /** The time on the sandbox's clock, in milliseconds since the epoch. */
  async now(): Promise<number> {
    const { now } = z.object({ now: z.string() }).parse(await this.look("gladly", "clock"));
    return Date.parse(now);
  }

  /** The answer of `/_sandbox/<path>` on one of the two servers. */
  async look(server: "gladly" | "stella", path: string): Promise<unknown> {
    return (await fetch(`${this.sandbox[server].url}/_sandbox/${path}`)).json();
  }

  /** Posts to one of the controls of a server. */
  async control(path: string, body: unknown, server: "gladly" | "stella" = "gladly"): Promise<unknown> {
    const response = await this.send("POST", `${this.sandbox[server].url}/_sandbox/${path}`, body);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  private async api(method: string, path: string, body?: unknown): Promise<void> {
    const response = await this.send(method, `${this.sandbox.gladly.url}/api/v1/${path}`, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }

  private send(method: string, url: string, body: unknown): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${USER}:${TOKEN}`).toString("base64")}`;
    return fetch(url, {
      method,
      headers: { authorization, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
