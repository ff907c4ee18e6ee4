/**
 * Stella's look-ups in Gladly, with the API token that the company enters in Stella
 * (docs/vendors/stella-connect-api.md section 1.1). They count against the organization's rate limit like all calls.
 */
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { basicAuthorization } from "../../contract/basic-auth";
import { Agent, Conversation, ConversationItem, Customer, parseErrors, Topic } from "../../vendors/gladly/wire";
import type { Outgoing } from "../outgoing";

/** The access to Gladly that the company entered in Stella. */
export interface GladlyAccess {
  readonly url: string;
  readonly user: string;
  readonly token: string;
}

/** A look-up in Gladly failed. */
export class GladlyLookUpFailed extends Error {
  override readonly name = "GladlyLookUpFailed";
}

/** Attempts while Gladly answers 429. */
const ATTEMPTS = 30;

export class GladlyReader {
  constructor(
    private readonly access: GladlyAccess,
    private readonly outgoing: Outgoing,
  ) {}

  conversation(id: string): Promise<Conversation> {
    return this.read(`/api/v1/conversations/${encodeURIComponent(id)}`, Conversation);
  }

  items(conversationId: string): Promise<readonly ConversationItem[]> {
    return this.read(`/api/v1/conversations/${encodeURIComponent(conversationId)}/items`, z.array(ConversationItem));
  }

  agent(id: string): Promise<Agent> {
    return this.read(`/api/v1/agents/${encodeURIComponent(id)}`, Agent);
  }

  topics(): Promise<readonly Topic[]> {
    return this.read("/api/v1/topics", z.array(Topic));
  }

  customer(id: string): Promise<Customer> {
    return this.read(`/api/v1/customer-profiles/${encodeURIComponent(id)}`, Customer);
  }

  /**
   * Adds a survey's answer to a customer's timeline, by customer id or else by email address.
   *
   * @returns the result, in words
   */
  async postActivity(item: {
    readonly id: string;
    readonly content: Readonly<Record<string, unknown>>;
    readonly customerId?: string;
    readonly emailAddress?: string;
  }): Promise<string> {
    const { id, content, customerId, emailAddress } = item;
    const path =
      customerId === undefined
        ? "/api/v1/conversation-items"
        : `/api/v1/customers/${encodeURIComponent(customerId)}/conversation-items`;
    const body = { id, content, ...(customerId === undefined ? { customer: { emailAddress } } : {}) };
    const response = await this.send("POST", path, JSON.stringify(body));
    if (response.status === 301) {
      const moved = parseErrors(response.body).find((error) => error.meta?.new)?.meta?.new;
      if (moved) return this.postActivity({ ...item, customerId: moved });
    }
    if (response.status === 200) return "on the timeline";
    return response.status === 409 ? "already on the timeline" : `Gladly answered ${response.status}`;
  }

  private async read<T>(path: string, schema: z.core.$ZodType<T>): Promise<T> {
    const response = await this.send("GET", path);
    if (response.status === 301) {
      const moved = parseErrors(response.body).find((error) => error.meta?.new)?.meta;
      if (moved?.old && moved.new)
        return this.read(path.replace(encodeURIComponent(moved.old), encodeURIComponent(moved.new)), schema);
    }
    if (response.status !== 200) throw new GladlyLookUpFailed(`Gladly answered ${response.status} to GET ${path}`);
    return z.parse(schema, JSON.parse(response.body));
  }

  private async send(method: string, path: string, body?: string): Promise<{ status: number; body: string }> {
    const { url, user, token } = this.access;
    const headers = {
      accept: "application/json",
      authorization: basicAuthorization(user, token),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    for (let attempt = 1; ; attempt += 1) {
      let answer: { status: number; body: string };
      try {
        answer = await this.outgoing.send(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
      } catch (error) {
        throw new GladlyLookUpFailed(`Gladly cannot be reached for ${method} ${path}`, { cause: error });
      }
      if (answer.status !== 429 || attempt === ATTEMPTS || this.outgoing.ended) return answer;
      await delay(250 + 750 * Math.random(), undefined, { ref: false });
    }
  }
}
