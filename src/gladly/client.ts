/**
 * Gladly's REST API as a client: paced, with merged customers followed, and with retries where a retry is safe.
 *
 * - Redirects are never followed by the transport: a followed 301 turns a POST into a GET (facts/gladly-api.md 12).
 * - 429 is always retried (nothing was done); 5xx and lost connections only for GET, PATCH and DELETE, which can be
 *   repeated. A create that got no answer is reported, never repeated.
 */
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod/mini";
import { GladlyRefusal, GladlyUnexpectedAnswer, GladlyUnreachable } from "./errors";
import { Pace, type Time } from "./pace";
import {
  Agent,
  Conversation,
  ConversationItem,
  Customer,
  Event,
  Inbox,
  Organization,
  parseErrors,
  Team,
  Topic,
  type TopicInput,
  Webhook,
  type WebhookInput,
} from "./wire";

export interface GladlyClientOptions {
  /** The full address, such as `https://example.gladly.com`; a path and a trailing slash are allowed. */
  readonly baseUrl: string;
  /** E-mail address of the Gladly user that owns the token. */
  readonly user: string;
  /** The API token, or where to get it: read anew for every call, so that a rotated token is used at once. */
  readonly token: string | (() => Promise<string>);
  /** @default 10, Gladly's default for an organization */
  readonly requestsPerSecond?: number;
  /**
   * Milliseconds for one attempt. Creating or enabling a webhook waits for its receiver for up to 15 s.
   * @default 30000
   */
  readonly attemptTimeout?: number;
  /** Milliseconds for one call with all its retries. @default 60000 */
  readonly deadline?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly time?: Time;
  /** Between 0 and 1, for jitter. @default Math.random */
  readonly random?: () => number;
  /** Aborts reads, waits and retries; a write that was sent is always awaited. */
  readonly signal?: AbortSignal;
}

export const systemTime: Time = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}),
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export class GladlyClient {
  private readonly base: string;
  private readonly time: Time;
  private readonly pace: Pace;

  constructor(
    private readonly options: GladlyClientOptions,
    /** Given to share one pace among clients of the same organization. */
    pace?: Pace,
  ) {
    this.base = options.baseUrl.replace(/\/+$/, "");
    this.time = options.time ?? systemTime;
    this.pace = pace ?? new Pace(this.time, options.requestsPerSecond ?? 10);
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
    await this.call("PATCH", `/api/v1/webhooks/${encodeURIComponent(id)}`, input);
  }

  /** Gladly refuses this while the webhook is enabled. */
  async deleteWebhook(id: string): Promise<void> {
    await this.call("DELETE", `/api/v1/webhooks/${encodeURIComponent(id)}`);
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
    await this.call("PATCH", `/api/v1/topics/${encodeURIComponent(id)}`, input);
  }

  conversation(id: string): Promise<Conversation | undefined> {
    return this.find(`/api/v1/conversations/${encodeURIComponent(id)}`, Conversation);
  }

  conversationItems(id: string): Promise<readonly ConversationItem[]> {
    return this.read(`/api/v1/conversations/${encodeURIComponent(id)}/items`, z.array(ConversationItem));
  }

  /** The customer's profile; a merged customer is followed to the one it was merged into. */
  async customer(id: string): Promise<Customer | undefined> {
    let current = id;
    for (let hop = 0; hop < 5; hop += 1) {
      try {
        return await this.find(`/api/v1/customer-profiles/${encodeURIComponent(current)}`, Customer);
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
    const answer = await this.call("GET", `/api/v1/events?${query}`);
    return answer.body.split("\n").flatMap((line) => {
      if (line.trim() === "") return [];
      try {
        return [Event.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
  }

  private get deadline(): number {
    return this.options.deadline ?? 60_000;
  }

  private async read<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
    const answer = await this.call("GET", path);
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
    const answer = await this.call("POST", path, input);
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

  private async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const deadline = this.time.now() + this.deadline;
    for (let attempt = 1; ; attempt += 1) {
      const failure = await this.attempt(method, path, body);
      if (!(failure instanceof Error)) return failure;
      const wait = this.retryDelay(method, failure, attempt);
      if (wait === undefined || this.time.now() + wait >= deadline || this.options.signal?.aborted) throw failure;
      // Stopped while waiting: the failure says more than the stop does.
      await this.time.sleep(wait, this.options.signal).catch(() => Promise.reject(failure));
    }
  }

  /** One request; the answer, or the error that it ended in. */
  private async attempt(
    method: string,
    path: string,
    body: unknown,
  ): Promise<Answer | GladlyRefusal | GladlyUnreachable> {
    await this.pace.turn(this.options.signal);
    const token = typeof this.options.token === "string" ? this.options.token : await this.options.token();
    const timeout = AbortSignal.timeout(Math.min(this.options.attemptTimeout ?? 30_000, this.deadline));
    const abort = method === "GET" && this.options.signal ? AbortSignal.any([timeout, this.options.signal]) : timeout;
    const bare = path.split("?")[0] ?? path;
    let answer: Answer;
    try {
      const response = await (this.options.fetch ?? globalThis.fetch)(this.base + path, {
        method,
        redirect: "manual",
        signal: abort,
        headers: {
          accept: "application/json",
          authorization: `Basic ${Buffer.from(`${this.options.user}:${token}`).toString("base64")}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      answer = { status: response.status, headers: response.headers, body: await response.text() };
    } catch (error) {
      return new GladlyUnreachable(method, this.base + bare, error);
    }
    const limit = Number(answer.headers.get("ratelimit-limit-second") ?? Number.NaN);
    if (limit >= 1) this.pace.atMost(limit);
    if (answer.status === 429 || answer.headers.get("ratelimit-remaining-second") === "0") this.pace.exhausted();
    if (answer.status >= 200 && answer.status < 300) return answer;
    const retryAfter = Number(answer.headers.get("retry-after") ?? Number.NaN);
    return new GladlyRefusal(
      method,
      bare,
      answer.status,
      parseErrors(answer.body),
      Number.isFinite(retryAfter) ? retryAfter : undefined,
    );
  }

  /** Milliseconds to wait before the next attempt; undefined when there must be none. */
  private retryDelay(method: string, failure: GladlyRefusal | GladlyUnreachable, attempt: number): number | undefined {
    const repeatable = method !== "POST";
    const retry =
      failure instanceof GladlyRefusal ? failure.status === 429 || (repeatable && failure.status >= 500) : repeatable;
    const attempts = failure instanceof GladlyRefusal ? 6 : 3;
    if (!retry || attempt >= attempts) return undefined;
    const backoff = Math.min(8000, 250 * 2 ** attempt);
    const jittered = backoff * (0.5 + 0.5 * (this.options.random ?? Math.random)());
    const asked = failure instanceof GladlyRefusal ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
    return Math.max(jittered, asked);
  }
}
