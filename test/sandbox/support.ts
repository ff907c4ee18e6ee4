/** Shared by the sandbox's tests: a running sandbox, a client, a receiver for webhooks. */
import type { IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox";
import { CEILING_MS } from "../support/ceiling";
import { loopback } from "../support/loopback";

/** Stops what each test started, even when it fails: an open server would keep the whole run waiting. */
const started: (() => void | Promise<void>)[] = [];
const stop = (from: number) => Promise.all(started.splice(from).map((end) => end()));
let before = 0;
beforeEach(() => {
  // What a beforeAll started is for every test of the file.
  before = started.length;
});
afterEach(() => stop(before));
afterAll(() => stop(0));

export const CREDENTIALS = {
  gladlyUser: "api.user@example.com",
  gladlyToken: "canary-gladly-token",
  stellaTestKey: "canary-stella-test-key",
  stellaProductionKey: "canary-stella-production-key",
  stellaApiSecret: "canary-stella-api-secret",
} as const;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, checked against the schema. */
  as<T>(schema: z.core.$ZodType<T>): T;
}

/** Sends one request. Does not follow redirects. */
export async function send(url: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url, { redirect: "manual", ...init });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    as: (schema) => z.parse(schema, JSON.parse(text)),
  };
}

/** A client for one of the two servers. */
export class Client {
  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  call(method: string, path: string, body?: unknown): Promise<Answered> {
    return send(this.url + path, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  get(path: string): Promise<Answered> {
    return this.call("GET", path);
  }

  post(path: string, body: unknown = {}): Promise<Answered> {
    return this.call("POST", path, body);
  }

  patch(path: string, body: unknown): Promise<Answered> {
    return this.call("PATCH", path, body);
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

export interface Running {
  readonly sandbox: Sandbox;
  readonly gladly: Client;
  /** Stella with the test key, and with the production key, as `x-api-key`. */
  readonly test: Client;
  readonly production: Client;
}

/** Starts a sandbox without Gladly's rate limit. */
export async function run(options: Partial<SandboxOptions> = {}): Promise<Running> {
  const sandbox = await startSandbox({ credentials: CREDENTIALS, ...options });
  started.push(() => sandbox.close());
  const { gladlyUser, gladlyToken, stellaTestKey, stellaProductionKey } = CREDENTIALS;
  const gladly = new Client(sandbox.gladly.url, { authorization: basic(gladlyUser, gladlyToken) });
  await gladly.post("/_sandbox/settings", { rateLimit: { buckets: "off" } });
  return {
    sandbox,
    gladly,
    test: new Client(sandbox.stella.url, { "x-api-key": stellaTestKey }),
    production: new Client(sandbox.stella.url, { "x-api-key": stellaProductionKey }),
  };
}

const ReceivedEvent = z.looseObject({
  id: z.string().optional(),
  type: z.string(),
  content: z.looseObject({ conversationId: z.string().optional() }).optional(),
});

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: z.infer<typeof ReceivedEvent>;
}

/** A webhook's receiver. `answer` returns the status; "never" leaves Gladly waiting. */
export class Receiver {
  readonly received: Received[] = [];
  answer: (event: Received["event"]) => number | "never" = () => 200;

  private constructor(
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<Receiver> {
    const server = await loopback(async (request, response) => {
      const body = await text(request);
      const event = ReceivedEvent.parse(JSON.parse(body));
      receiver.received.push({ headers: request.headers, body, event });
      const status = receiver.answer(event);
      if (status !== "never") response.writeHead(status).end();
    });
    const receiver = new Receiver(`${server.url}/events`, server.close);
    started.push(receiver.close);
    return receiver;
  }

  /** The received events of one type, in order. */
  of(type: string): readonly Received[] {
    return this.received.filter(({ event }) => event.type === type);
  }
}

/** Waits until the probe returns something. The error after a timeout has the name `what`. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + CEILING_MS;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Timed out after ${CEILING_MS / 1000} s waiting for ${what}.`);
    await delay(5);
  }
}

const Created = z.looseObject({ id: z.string(), customerId: z.string() });

/** Opens a conversation, by default with a new customer who has an address. */
export async function openConversation(gladly: Client, input: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const customer =
    input.customerId === undefined ? { customer: { name: "Eve Example", email: "eve@example.net" } } : {};
  const answer = await gladly.post("/_sandbox/conversations", { ...customer, ...input });
  if (answer.status !== 201) throw new Error(`cannot open a conversation: ${answer.text}`);
  return answer.as(Created).id;
}

export async function closeConversation(gladly: Client, id: string): Promise<void> {
  const answer = await gladly.patch(`/api/v1/conversations/${id}`, { status: { value: "CLOSED" } });
  if (answer.status !== 204) throw new Error(`cannot close ${id}: ${answer.status} ${answer.text}`);
}

/** Creates a webhook and returns its id. */
export async function createWebhook(gladly: Client, input: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await gladly.post("/api/v1/webhooks", { events: ["CONVERSATION/CLOSED"], enabled: true, ...input });
  if (answer.status !== 201) throw new Error(`cannot create a webhook: ${answer.status} ${answer.text}`);
  return answer.headers.get("location")?.split("/").pop() ?? "";
}

export const Attempts = z.looseObject({
  attempts: z.array(
    z.looseObject({
      webhookId: z.string(),
      type: z.string(),
      attempt: z.number(),
      at: z.string(),
      status: z.number().optional(),
      failure: z.string().optional(),
      result: z.string(),
    }),
  ),
  deliveries: z.array(z.looseObject({ state: z.string(), attempts: z.number(), nextAttemptAt: z.string().optional() })),
});

export const Recorded = z.array(
  z.looseObject({
    uuid: z.string(),
    mode: z.string(),
    way: z.string(),
    decision: z.string(),
    refusal: z.string().optional(),
    detail: z.string().optional(),
    deliveryStatus: z.string().optional(),
    recipient: z.string().nullable(),
    answeredStatus: z.number(),
    request: z.looseObject({}),
    extInteractionId: z.string().optional(),
  }),
);

export const Mails = z.array(
  z.looseObject({ to: z.string(), surveyUrl: z.string(), customerEmail: z.string().optional() }),
);

export const Errors = z.looseObject({
  errors: z.array(z.looseObject({ attr: z.string().optional(), code: z.string(), detail: z.string().optional() })),
});
