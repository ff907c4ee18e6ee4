/** Gladly's REST API as a client, with merged customers followed. How its requests travel is in `transport.ts`. */
import * as z from "zod/mini";
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

export class GladlyClient {
  private readonly transport: GladlyTransport;

  constructor(
    private readonly options: GladlyClientOptions,
    /** Given to share one pace among clients of the same organization. */
    private readonly pace: Pace = new Pace(options.time ?? systemTime, options.requestsPerSecond ?? 10),
  ) {
    this.transport = new GladlyTransport(options, pace);
  }

  /** The same client with another deadline for each call, in milliseconds; both keep to one pace together. */
  within(deadline: number): GladlyClient {
    return new GladlyClient({ ...this.options, deadline }, this.pace);
  }

  /** The same client, which the signal does not stop: for what has to follow a write, such as reading it back. */
  toTheEnd(): GladlyClient {
    const { signal: _stopped, ...options } = this.options;
    return new GladlyClient(options, this.pace);
  }

  organization(): Promise<Organization> {
    return this.read("/api/v1/organization", Organization);
  }

  webhooks(): Promise<readonly Webhook[]> {
    return this.read("/api/v1/webhooks", z.array(Webhook));
  }

  webhook(id: string): Promise<Webhook | undefined> {
    return this.find(`/api/v1/webhooks/${encodeURIComponent(id)}`, Webhook);
  }

  /** Creates a webhook and answers its id. An enabled one is sent a PING before Gladly answers. */
  async createWebhook(input: WebhookInput): Promise<string> {
    return this.created("/api/v1/webhooks", input);
  }

  async updateWebhook(id: string, input: WebhookInput): Promise<void> {
    await this.transport.call("PATCH", `/api/v1/webhooks/${encodeURIComponent(id)}`, input);
  }

  /** Gladly refuses this while the webhook is enabled. */
  async deleteWebhook(id: string): Promise<void> {
    await this.transport.call("DELETE", `/api/v1/webhooks/${encodeURIComponent(id)}`);
  }

  /** All topics, the disabled ones too. */
  topics(): Promise<readonly Topic[]> {
    return this.read("/api/v1/topics", z.array(Topic));
  }

  topic(id: string): Promise<Topic | undefined> {
    return this.find(`/api/v1/topics/${encodeURIComponent(id)}`, Topic);
  }

  async createTopic(input: TopicInput): Promise<string> {
    return this.created("/api/v1/topics", input);
  }

  async updateTopic(id: string, input: TopicInput): Promise<void> {
    await this.transport.call("PATCH", `/api/v1/topics/${encodeURIComponent(id)}`, input);
  }

  conversation(id: string): Promise<Conversation | undefined> {
    return this.find(`/api/v1/conversations/${encodeURIComponent(id)}`, Conversation);
  }

  conversationItems(id: string): Promise<readonly ConversationItem[]> {
    return this.read(`/api/v1/conversations/${encodeURIComponent(id)}/items`, z.array(ConversationItem));
  }

  /** The customer's profile; a merged customer is followed to the one it was merged into. */
  customer(id: string): Promise<Customer | undefined> {
    return this.followingMerges(id, (current) =>
      this.find(`/api/v1/customer-profiles/${encodeURIComponent(current)}`, Customer),
    );
  }

  /**
   * Puts an item on a customer's timeline (section 13); its own id makes a repetition harmless.
   *
   * @returns `there` when an item of that id exists already, `no-customer` when Gladly does not know the customer
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

  agent(id: string): Promise<Agent | undefined> {
    return this.find(`/api/v1/agents/${encodeURIComponent(id)}`, Agent);
  }

  agents(): Promise<readonly Agent[]> {
    return this.read("/api/v1/agents", z.array(Agent));
  }

  inbox(id: string): Promise<Inbox | undefined> {
    return this.find(`/api/v1/inboxes/${encodeURIComponent(id)}`, Inbox);
  }

  inboxes(): Promise<readonly Inbox[]> {
    return this.read("/api/v1/inboxes", z.array(Inbox));
  }

  teams(): Promise<readonly Team[]> {
    return this.read("/api/v1/teams", z.array(Team));
  }

  /**
   * Events of the last 24 hours, oldest first, up to 15 s behind (section 14).
   * Lines that are not understood are left out rather than failing the rest.
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
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      throw new GladlyUnexpectedAnswer(method, path, "it is not JSON; is this the address of a Gladly organization?");
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new GladlyUnexpectedAnswer(method, path, z.prettifyError(parsed.error));
  }
}
