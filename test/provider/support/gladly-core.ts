/** The Gladly provider with the small Terraform core and a running sandbox. Everything except Terraform is real. */
import { text } from "node:stream/consumers";
import { gladlyProvider } from "../../../src/provider/gladly.provider";
import { createLogger } from "../../../src/provider/protocol/log";
import { createCalls } from "../../../src/provider/protocol/rpc/calls";
import { Session } from "../../../src/provider/protocol/rpc/session";
import type { Value } from "../../../src/provider/protocol/values/value";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox";
import { type Loopback, loopback } from "../../support/loopback";
import { Core, type Said } from "./core";

export const USER = "api.user@example.com";
export const TOKEN = "canary-gladly-token";

/** Receives webhooks, and answers all with the given status. */
export class Receiver {
  status = 200;
  readonly received: { readonly body: string; readonly headers: NodeJS.Dict<string | string[]> }[] = [];
  private constructor(private readonly server: Loopback) {}

  static async start(): Promise<Receiver> {
    const server = await loopback(async (request, response) => {
      receiver.received.push({ body: await text(request), headers: request.headers });
      response.writeHead(receiver.status).end();
    });
    const receiver = new Receiver(server);
    return receiver;
  }

  url(path = "/gladly/events"): string {
    return `${this.server.url}${path}`;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

export interface GladlySetup {
  readonly sandbox: Sandbox;
  readonly receiver: Receiver;
  /** A call to the sandbox's controls, or to the API as another client. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Requests to Gladly's API since the last call, such as `GET /api/v1/topics`. */
  requests(): Promise<readonly string[]>;
  /** Resets everything, without a rate limit. */
  reset(): Promise<void>;
  /** Makes deliveries fail until Gladly disables the webhook, which must subscribe to CONVERSATION/CREATED. */
  deactivate(webhookId: string): Promise<void>;
  close(): Promise<void>;
}

/** A sandbox without a rate limit, and a receiver. */
export async function startGladlySetup(): Promise<GladlySetup> {
  const credentials = { gladlyUser: USER, gladlyToken: TOKEN, stellaTestKey: "t", stellaProductionKey: "p" };
  const [sandbox, receiver] = await Promise.all([
    startSandbox({ credentials: { ...credentials, stellaApiSecret: "s" } }),
    Receiver.start(),
  ]);
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(sandbox.gladly.url + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${USER}:${TOKEN}`).toString("base64")}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  let seen = 0;
  const reset = async () => {
    await call("POST", "/_sandbox/reset");
    await call("POST", "/_sandbox/settings", { rateLimit: { buckets: "off" } });
    receiver.status = 200;
    receiver.received.length = 0;
    seen = 0;
  };
  await reset();
  return {
    reset,
    async deactivate(webhookId) {
      receiver.status = 500;
      await call("POST", "/_sandbox/conversations", { customer: { name: "Ola Nordmann" } });
      for (;;) {
        const webhook: unknown = await call("GET", `/api/v1/webhooks/${webhookId}`);
        if (JSON.stringify(webhook).includes("disabledAtDueToRetryLimit")) break;
        await call("POST", "/_sandbox/clock", { advance: 60_000 });
      }
      receiver.status = 200;
    },
    sandbox,
    receiver,
    call,
    async requests() {
      const entries: unknown = await call("GET", `/_sandbox/journal?after=${seen}`);
      if (!Array.isArray(entries)) throw new Error("the journal is no list");
      seen = entries.reduce<number>((last, entry: { number: number }) => Math.max(last, entry.number), seen);
      return entries.map((entry: { method: string; path: string }) => `${entry.method} ${entry.path}`);
    },
    async close() {
      await receiver.close();
      await sandbox.close();
    },
  };
}

/** A core with its own provider, as each Terraform command has. */
export async function gladlyCore(
  url: string,
  config: Record<string, Value> = {},
): Promise<Core & { readonly said: Said }> {
  const provider = gladlyProvider({ version: "0.0.0", environment: {}, log: createLogger("test", undefined) });
  const calls = createCalls(new Session(provider, createLogger("test", undefined)));
  const core = new Core(calls, provider.resources, provider.dataSources);
  const spoken = await core.configure(provider.schema.attributes, {
    url,
    user: USER,
    token: TOKEN,
    requests_per_second: 100,
    ...config,
  });
  return Object.assign(core, { said: spoken });
}
