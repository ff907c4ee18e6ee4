/** Gladly and Stella as two small HTTP servers for tests, with faults and records of their requests. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { SurveyRequest } from "../../../src/vendors/stella/wire";
import { type Loopback, loopback } from "../../support/loopback";

export interface StellaReceived {
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

/** How Stella answers: a status, `cut` to accept and close the connection, `hold` to answer only after a release. */
export type StellaMood = number | "cut" | "hold";

export class Upstreams {
  readonly conversations = new Map<string, Record<string, unknown>>();
  readonly customers = new Map<string, Record<string, unknown>>();
  readonly items = new Map<string, readonly unknown[]>();
  agents: readonly unknown[] = [{ id: "agent-1", name: "Robin Roe", emailAddress: "robin@example.com" }];
  topics: readonly unknown[] = [
    { id: "topic-dns", name: "do_not_send_stella" },
    { id: "topic-billing", name: "Billing" },
  ];
  inboxes: readonly unknown[] = [{ id: "inbox-1", name: "Support" }];
  events: readonly unknown[] = [];
  webhooks: readonly unknown[] = [];
  /** Paths of the reads of Gladly, in order. */
  readonly reads: string[] = [];
  /** Items posted to timelines, by path. */
  readonly posted: { readonly path: string; readonly body: unknown }[] = [];
  readonly received: StellaReceived[] = [];
  /** Survey answers in Stella's format. */
  answers: readonly unknown[] = [];
  /** Credentials of the reads of Stella. */
  readonly stellaReads: { readonly key: string; readonly authorization: string }[] = [];
  /** Moods of the next requests to Stella; 200 when it is empty. */
  readonly moods: StellaMood[] = [];
  /** Mood of all requests to Stella while it is set. */
  mood: StellaMood | undefined;
  /** Body of Stella's refusals. */
  refusal: unknown = {};
  /** Status of all answers of Gladly while it is set. */
  gladlyStatus: number | undefined;
  private readonly held: ServerResponse[] = [];
  private readonly servers: Loopback[] = [];
  gladlyUrl = "";
  stellaUrl = "";

  static async start(): Promise<Upstreams> {
    const upstreams = new Upstreams();
    const gladly = await loopback((request, response) => void upstreams.answerGladly(request, response));
    const stella = await loopback((request, response) => void upstreams.answerStella(request, response));
    upstreams.servers.push(gladly, stella);
    upstreams.gladlyUrl = gladly.url;
    upstreams.stellaUrl = stella.url;
    return upstreams;
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close()));
  }

  /** Adds a closed conversation with its own customer. `fields` replace the defaults. */
  addConversation(id: string, fields: Record<string, unknown> = {}, email: string | null = `${id}@example.net`): void {
    this.conversations.set(id, {
      ...{ id, customerId: `customer-${id}`, inboxId: "inbox-1", agentId: "agent-1", status: "CLOSED", topicIds: [] },
      ...fields,
    });
    const emails = email === null ? [] : [{ original: email }];
    this.customers.set(`customer-${id}`, { id: `customer-${id}`, name: `Customer of ${id}`, emails });
  }

  /** Makes Stella accept the held requests. */
  release(): void {
    for (const response of this.held.splice(0)) reply(response, 200, {});
  }

  /** Survey requests that reached Stella, answered or not. */
  surveys(): readonly SurveyRequest[] {
    return this.received.map((request) => SurveyRequest.parse(JSON.parse(request.body)));
  }

  private async answerGladly(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const url = new URL(request.url ?? "/", "http://localhost");
    this.reads.push(url.pathname);
    if (this.gladlyStatus !== undefined) return reply(response, this.gladlyStatus, {});
    const [, , , kind = "", id = "", part] = url.pathname.split("/").map(decodeURIComponent);
    if (kind === "events") {
      response.end(this.events.map((event) => `${JSON.stringify(event)}\n`).join(""));
      return;
    }
    if (request.method === "POST") {
      this.posted.push({ path: url.pathname, body: JSON.parse(body) });
      return reply(response, 200, { id: "item" });
    }
    const found = this.find(kind, id, part);
    reply(response, found === undefined ? 404 : 200, found ?? { errors: [] });
  }

  private find(kind: string, id: string, part: string | undefined): unknown {
    switch (kind) {
      case "conversations":
        return part === "items" ? (this.items.get(id) ?? []) : this.conversations.get(id);
      case "customer-profiles":
        return this.customers.get(id);
      case "agents":
        return one(this.agents, id);
      case "topics":
        return one(this.topics, id);
      case "inboxes":
        return one(this.inboxes, id);
      case "webhooks":
        return this.webhooks;
      default:
        return undefined;
    }
  }

  private async answerStella(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (request.method === "GET") {
      const { "x-api-key": key, authorization } = request.headers;
      this.stellaReads.push({ key: String(key), authorization: String(authorization) });
      return reply(response, 200, this.answers);
    }
    const mood = this.moods.shift() ?? this.mood ?? 200;
    if (typeof mood === "string" || mood < 300) {
      const key = request.headers["x-api-key"] ?? request.headers.authorization;
      this.received.push({ path: request.url ?? "", key: String(key), body });
    }
    if (mood === "hold") {
      this.held.push(response);
      return;
    }
    // A temporary refusal by Stella. A gateway's would have no Retry-After.
    if (mood === 503) response.setHeader("retry-after", "0");
    if (mood === "cut") request.socket.destroy();
    else reply(response, mood, mood < 300 ? {} : this.refusal);
  }
}

/** The whole list, or the entry with an id. */
function one(list: readonly unknown[], id: string): unknown {
  if (id === "") return list;
  return list.find((entry) => typeof entry === "object" && entry !== null && Reflect.get(entry, "id") === id);
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}
