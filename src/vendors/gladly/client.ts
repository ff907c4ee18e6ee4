/** A client for Gladly's REST API. It follows merged customers. `transport.ts` sends the requests. */
import * as z from "zod/mini";
import { parsedJson } from "../../contract/json";
import { GladlyRefusal, GladlyUnexpectedAnswer } from "./errors";
import { Pace } from "./pace";
import { type GladlyClientOptions, GladlyTransport, systemTime } from "./transport";
import {
  Agent,
  Conversation,
  ConversationItem,
  Customer,
  Event,
  Inbox,
  Organization,
  Team,
  type TimelineItem,
  Topic,
  type TopicInput,
  Webhook,
  type WebhookInput,
} from "./wire";

export { type GladlyClientOptions, systemTime };

/** Time for reading back a write, even if the operation's time is over. */
const READ_BACK_MS = 10_000;

/** What `GET /api/v1/conversations/{id}/items` returned. */
export interface ConversationItems {
  /** In the order in which Gladly returned them. */
  readonly items: readonly ConversationItem[];
  /** Whether Gladly said that the list is incomplete. Then rules that need every item must not use it. */
  readonly limited: boolean;
}

/** Gladly marks an incomplete list with a header. The format of its value is not documented. */
function isLimited(headers: Headers): boolean {
  const flag = headers.get("gladly-limited-data");
  return flag !== null && flag.trim().toLowerCase() !== "false";
}

/**
 * One organization's Gladly. Every method throws `GladlyRefusal` when Gladly answers with an error, `GladlyUnreachable`
 * if no answer comes, and `GladlyUnexpectedAnswer` if an answer does not match Gladly's description.
 *
 * @example
 * const gladly = new GladlyClient({ baseUrl: "https://example.gladly.com", user: "api@example.com", token });
 * const webhooks = await gladly.webhooks();
 */
export class GladlyClient {
  private readonly transport: GladlyTransport;

  constructor(
    private readonly options: GladlyClientOptions,
    /** Pass it to share one rate limit among clients of the same organization. */
    private readonly pace: Pace = new Pace(options.time ?? systemTime, options.requestsPerSecond ?? 10),
  ) {
    this.transport = new GladlyTransport(options, pace);
  }

  /**
   * The same client for one operation: all of its calls, with their waits and retries, end within this time. Both clients
   * keep one pace together.
   *
   * @param milliseconds from now on
   * @param attemptTimeout milliseconds for one attempt. @default the whole time
   * @example
   * const webhooks = await client.within(5_000).webhooks();
   */
  within(milliseconds: number, attemptTimeout = milliseconds): GladlyClient {
    const endsAt = (this.options.time ?? systemTime).now() + milliseconds;
    return new GladlyClient({ ...this.options, endsAt, attemptTimeout }, this.pace);
  }

  /**
   * The same client for calls that must follow a write, such as reading it back: the signal does not stop them, and they have
   * 10 seconds even if the operation's time is over.
   */
  afterWrite(): GladlyClient {
    const { signal: _stopped, endsAt, ...options } = this.options;
    if (endsAt === undefined) return new GladlyClient(options, this.pace);
    const least = (this.options.time ?? systemTime).now() + READ_BACK_MS;
    return new GladlyClient({ ...options, endsAt: Math.max(endsAt, least) }, this.pace);
  }

  /** Waits, unless the signal ends it. @throws the signal's reason */
  pause(milliseconds: number): Promise<void> {
    return (this.options.time ?? systemTime).sleep(milliseconds, this.options.signal);
  }

  /** Milliseconds until the end of the operation; infinite if it has none. */
  get timeLeft(): number {
    const { endsAt = Number.POSITIVE_INFINITY } = this.options;
    return endsAt - (this.options.time ?? systemTime).now();
  }

  /** The organization. */
  organization(): Promise<Organization> {
    return this.read("/api/v1/organization", Organization);
  }

  /** All webhooks, at most 20. */
  webhooks(): Promise<readonly Webhook[]> {
    return this.read("/api/v1/webhooks", z.array(Webhook));
  }

  /** Undefined if there is none with this id. */
  webhook(id: string): Promise<Webhook | undefined> {
    return this.find(`/api/v1/webhooks/${encodeURIComponent(id)}`, Webhook);
  }

  /** Creates a webhook and returns its id. Gladly sends an enabled one a PING before it answers. */
  async createWebhook(input: WebhookInput): Promise<string> {
    return this.created("/api/v1/webhooks", input);
  }

  /** Changes the given fields. Enabling the webhook or changing its `url` makes Gladly send a PING first. */
  async updateWebhook(id: string, input: WebhookInput): Promise<void> {
    await this.transport.call("PATCH", `/api/v1/webhooks/${encodeURIComponent(id)}`, input);
  }

  /** Gladly refuses this while the webhook is enabled. */
  async deleteWebhook(id: string): Promise<void> {
    await this.transport.call("DELETE", `/api/v1/webhooks/${encodeURIComponent(id)}`);
  }

  /** All topics, including disabled ones. */
  topics(): Promise<readonly Topic[]> {
    return this.read("/api/v1/topics", z.array(Topic));
  }

  /** Undefined if there is none with this id. */
  topic(id: string): Promise<Topic | undefined> {
    return this.find(`/api/v1/topics/${encodeURIComponent(id)}`, Topic);
  }

  /** Creates a topic and returns its id: the given one, if there is one. */
  async createTopic(input: TopicInput): Promise<string> {
    return this.created("/api/v1/topics", input);
  }

  /** Changes the given fields; `name` is always required. */
  async updateTopic(id: string, input: TopicInput): Promise<void> {
    await this.transport.call("PATCH", `/api/v1/topics/${encodeURIComponent(id)}`, input);
  }

  /** Undefined if there is none with this id. */
  conversation(id: string): Promise<Conversation | undefined> {
    return this.find(`/api/v1/conversations/${encodeURIComponent(id)}`, Conversation);
  }

  /** A conversation's items, oldest first; `limited` if Gladly omitted some, which are the newest (section 3). */
  async conversationItems(id: string): Promise<ConversationItems> {
    const path = `/api/v1/conversations/${encodeURIComponent(id)}/items`;
    const answer = await this.transport.call("GET", path);
    const items = this.parse("GET", path, z.array(ConversationItem), answer.body);
    return { items, limited: isLimited(answer.headers) };
  }

  /** The customer's profile. For a merged customer, the profile that it was merged into. */
  customer(id: string): Promise<Customer | undefined> {
    return this.followingMerges(id, (current) =>
      this.find(`/api/v1/customer-profiles/${encodeURIComponent(current)}`, Customer),
    );
  }

  /**
   * Adds an item to a customer's timeline (section 13). Its own id makes a repetition harmless.
   *
   * @returns `there` if an item with that id exists already, `no-customer` if Gladly does not know the customer
   */
  async addTimelineItem(customerId: string, item: TimelineItem): Promise<"added" | "there" | "no-customer"> {
    try {
      await this.followingMerges(customerId, (current) =>
        this.transport.call("POST", `/api/v1/customers/${encodeURIComponent(current)}/conversation-items`, item),
      );
      return "added";
    } catch (error) {
      if (error instanceof GladlyRefusal && error.status === 409) return "there";
      if (error instanceof GladlyRefusal && error.status === 404) return "no-customer";
      throw error;
    }
  }

  private async followingMerges<T>(id: string, call: (current: string) => Promise<T>): Promise<T> {
    let current = id;
    for (let hop = 0; hop < 5; hop += 1) {
      try {
        return await call(current);
      } catch (error) {
        if (!(error instanceof GladlyRefusal) || error.status !== 301) throw error;
        const moved = error.errors.find((detail) => detail.meta?.new)?.meta?.new;
        if (!moved) throw error;
        current = moved;
      }
    }
    throw new GladlyUnexpectedAnswer("GET", `/api/v1/customer-profiles/${id}`, "merged more than five times over");
  }

  /** One agent; undefined if Gladly does not know the id now. */
  agent(id: string): Promise<Agent | undefined> {
    return this.find(`/api/v1/agents/${encodeURIComponent(id)}`, Agent);
  }

  /** All agents, including API users. */
  agents(): Promise<readonly Agent[]> {
    return this.read("/api/v1/agents", z.array(Agent));
  }

  /** One inbox; undefined if Gladly does not know the id now. */
  inbox(id: string): Promise<Inbox | undefined> {
    return this.find(`/api/v1/inboxes/${encodeURIComponent(id)}`, Inbox);
  }

  /** All inboxes. */
  inboxes(): Promise<readonly Inbox[]> {
    return this.read("/api/v1/inboxes", z.array(Inbox));
  }

  /** All teams. */
  teams(): Promise<readonly Team[]> {
    return this.read("/api/v1/teams", z.array(Team));
  }

  /**
   * Events of the last 24 hours, oldest first, up to 15 s behind (section 14).
   * Lines that cannot be parsed are skipped, so that they do not block the rest.
   */
  async events(startAt: Date, entities: readonly string[], endAt?: Date): Promise<readonly Event[]> {
    const query = new URLSearchParams({ startAt: startAt.toISOString() });
    if (endAt) query.set("endAt", endAt.toISOString());
    for (const entity of entities) query.append("entities", entity);
    const answer = await this.transport.call("GET", `/api/v1/events?${query}`);
    return answer.body.split("\n").flatMap((line) => {
      if (line.trim() === "") return [];
      try {
        return [Event.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
  }

  private async read<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
    const answer = await this.transport.call("GET", path);
    return this.parse("GET", path, schema, answer.body);
  }

  private async find<T>(path: string, schema: z.ZodMiniType<T>): Promise<T | undefined> {
    try {
      return await this.read(path, schema);
    } catch (error) {
      if (error instanceof GladlyRefusal && error.status === 404) return undefined;
      throw error;
    }
  }

  private async created(path: string, input: WebhookInput | TopicInput): Promise<string> {
    const answer = await this.transport.call("POST", path, input);
    const id = answer.headers.get("location")?.split("/").pop();
    if (!id) throw new GladlyUnexpectedAnswer("POST", path, "it has no Location header, so the new id is not known");
    return decodeURIComponent(id);
  }

  private parse<T>(method: string, path: string, schema: z.ZodMiniType<T>, body: string): T {
    const json = parsedJson(body);
    if (json === undefined)
      throw new GladlyUnexpectedAnswer(method, path, "it is not JSON; is this the address of a Gladly organization?");
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new GladlyUnexpectedAnswer(method, path, z.prettifyError(parsed.error));
  }
}
