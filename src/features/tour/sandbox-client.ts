/** What the tour does in Gladly and sees in Stella Connect and the relay: all of it over HTTP, as anybody would. */
import { z } from "zod";
import { basicAuthorization } from "../../contract/basic-auth";
import { SURVEY_MODES } from "../../contract/survey-mode";
import { GladlyClient } from "../../vendors/gladly/client";
import type { Webhook } from "../../vendors/gladly/wire";
import { waitFor } from "./wait";

const Opened = z.object({ id: z.string() });
const Redelivered = z.object({ webhookIds: z.array(z.string()) });

const StellaRequest = z.object({
  mode: z.enum(SURVEY_MODES),
  decision: z.enum(["accepted", "refused"]),
  deliveryStatus: z.string().optional(),
  recipient: z.string().nullable(),
  extInteractionId: z.string().optional(),
});
export type StellaRequest = z.infer<typeof StellaRequest>;

const Mail = z.object({ to: z.string(), extInteractionId: z.string().optional() });

const Explanation = z.object({
  conversationId: z.string().optional(),
  eventId: z.string(),
  state: z.enum(["pending", "sent", "recorded", "skipped", "parked", "retrying"]),
  reason: z.string().optional(),
  meaning: z.string(),
  detail: z.string().optional(),
  duplicates: z.number(),
});
export type Explanation = z.infer<typeof Explanation>;

export interface SandboxClientOptions {
  readonly gladly: string;
  readonly stella: string;
  readonly operations: string;
  readonly user: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** A conversation to open: who writes, and who answers. */
export interface Opening {
  readonly customer: { readonly name: string; readonly email?: string };
  /** Null: no agent is assigned. @default the first agent */
  readonly agentId?: null;
  readonly topicId?: string;
}

export class SandboxClient {
  readonly gladly: GladlyClient;

  constructor(private readonly options: SandboxClientOptions) {
    this.gladly = new GladlyClient({ baseUrl: options.gladly, user: options.user, token: options.token });
  }

  /** Where Gladly and Stella Connect answer. */
  get addresses(): { readonly gladly: string; readonly stella: string } {
    return this.options;
  }

  /** A customer writes: an open conversation's id. */
  async open({ customer, agentId, topicId }: Opening): Promise<string> {
    const body = { customer, ...(agentId === null ? { agentId } : {}), channel: "EMAIL" };
    const { id } = Opened.parse(await this.post(this.options.gladly, "/_sandbox/conversations", body));
    if (topicId !== undefined)
      await this.gladlyApi("POST", `/api/v1/conversations/${id}/topics`, { topicIds: [topicId] });
    return id;
  }

  /** An agent closes a conversation, through Gladly's own API. */
  async close(conversation: string): Promise<void> {
    const change = { status: { value: "CLOSED", force: true } };
    await this.gladlyApi("PATCH", `/api/v1/conversations/${encodeURIComponent(conversation)}`, change);
  }

  /** Gladly delivers an event a second time, as it does when an answer was lost. */
  async redeliver(event: string): Promise<void> {
    const path = `/_sandbox/events/${encodeURIComponent(event)}/redeliver`;
    const { webhookIds } = Redelivered.parse(await this.post(this.options.gladly, path, {}));
    if (webhookIds.length === 0)
      throw new Error("no webhook is subscribed and enabled, so nothing was delivered again");
  }

  /** What became of a close, once the relay is done with it. */
  decided(conversation: string): Promise<Explanation> {
    return this.explained(conversation, ({ state }) => state !== "pending" && state !== "retrying");
  }

  /** The close's record as soon as it fits. */
  explained(conversation: string, fits: (explanation: Explanation) => boolean): Promise<Explanation> {
    return waitFor(
      `the relay's word on conversation ${conversation}`,
      async () => {
        const path = `/explain?conversation=${encodeURIComponent(conversation)}`;
        const found = z.array(Explanation).parse(await this.get(this.options.operations, path));
        return found.find(fits);
      },
      this.options.signal,
    );
  }

  /** Stella Connect's record of a conversation; undefined if it got no request. */
  async stellaRequest(conversation: string): Promise<StellaRequest | undefined> {
    const all = z.array(StellaRequest).parse(await this.get(this.options.stella, "/_sandbox/requests"));
    return all.find(({ extInteractionId }) => extInteractionId === conversation);
  }

  /** Number of surveys about a conversation in the test inbox and in customers' mailboxes. */
  async mailsAbout(conversation: string): Promise<number> {
    const boxes = await Promise.all(
      ["inbox", "outbox"].map((box) => this.get(this.options.stella, `/_sandbox/${box}`)),
    );
    const mails = boxes.flatMap((box) => z.array(Mail).parse(box));
    return mails.filter(({ extInteractionId }) => extInteractionId === conversation).length;
  }

  /** The webhook that delivers to this relay. */
  async webhook(name: string): Promise<Webhook> {
    const found = (await this.gladly.webhooks()).filter((webhook) => webhook.name === name);
    const [webhook] = found;
    if (webhook === undefined || found.length > 1)
      throw new Error(`Gladly has ${found.length} webhooks named ${name}, not 1`);
    return webhook;
  }

  private async gladlyApi(method: string, path: string, body: unknown): Promise<void> {
    const { user, token, gladly } = this.options;
    const headers = { "content-type": "application/json", authorization: basicAuthorization(user, token) };
    const response = await waitFor(
      "Gladly to take another request",
      async () => {
        const answer = await fetch(gladly + path, { method, headers, body: JSON.stringify(body) });
        // Ten requests a second for the whole organization, and the relay has its share of them.
        return answer.status === 429 ? undefined : answer;
      },
      this.options.signal,
    );
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  }

  private async post(base: string, path: string, body: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path} was answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  private async get(base: string, path: string): Promise<unknown> {
    const response = await fetch(base + path);
    if (!response.ok) throw new Error(`GET ${path} was answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
