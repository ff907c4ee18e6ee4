/**
 * The sandbox as a library: Gladly and Stella Connect as servers on loopback, for tests of your own integration.
 *
 * @example
 * ```ts
 * const sandbox = await startSandbox();
 * const id = await sandbox.openConversation({ customer: { name: "Ada", email: "ada@example.net" } });
 * await sandbox.closeConversation(id);
 * const surveys = await sandbox.inbox();
 * await sandbox.close();
 * ```
 */
import * as z from "zod";
import { SURVEY_MODES } from "./contract/survey-mode";
import { startSandbox as start } from "./sandbox/sandbox";

const Mail = z.looseObject({
  at: z.string(),
  to: z.string(),
  subject: z.string(),
  surveyUrl: z.string(),
  extInteractionId: z.string().optional(),
  customerEmail: z.string().optional(),
});
/** A survey invitation. `extInteractionId` is the conversation's id. */
export type SurveyMail = z.infer<typeof Mail>;

const RecordedRequest = z.looseObject({
  uuid: z.string(),
  mode: z.enum(SURVEY_MODES),
  decision: z.enum(["accepted", "refused"]),
  refusal: z.string().optional(),
  deliveryStatus: z.string().optional(),
  recipient: z.string().nullable(),
  extInteractionId: z.string().optional(),
});
/** A survey request as Stella Connect recorded it, refused ones included. */
export type SurveyRequestRecord = z.infer<typeof RecordedRequest>;

/** Credentials that the sandbox's Gladly and Stella Connect accept. */
export interface SandboxCredentials {
  /** User name for Gladly's Basic authentication: an e-mail address. */
  readonly gladlyUser: string;
  /** API token for Gladly's Basic authentication, as its password. */
  readonly gladlyToken: string;
  /** The Stella key whose surveys go to the inbox of the test address. */
  readonly stellaTestKey: string;
  /** The Stella key whose surveys go to customers: the outbox. */
  readonly stellaProductionKey: string;
  /** Signs the JWT that reads of Stella need in addition to a key. */
  readonly stellaApiSecret: string;
}

/** Options of {@link startSandbox}. */
export interface TestSandboxOptions {
  /** How many times faster than the wall clock retries and time limits run. @default 1 */
  readonly timeScale?: number;
  /** Counts requests against Gladly's limit of 10 a second. @default false */
  readonly rateLimited?: boolean;
}

/** How to open a conversation. docs/sandbox.md, "Controls", lists every field. */
export interface OpenConversation {
  /** An existing customer. Give this or `customer`, not both. */
  readonly customerId?: string;
  /** A new customer. Leave the addresses out to test a customer that Stella cannot reach. */
  readonly customer?: {
    readonly name?: string;
    readonly email?: string;
    readonly emails?: readonly string[];
    readonly phone?: string;
  };
  /** Null: no agent is assigned. @default the first agent of the inbox */
  readonly agentId?: string | null;
  /** @default "EMAIL" */
  readonly channel?: string;
  /** Topics that the conversation has from the start, by id. @default the first topic that is not disabled */
  readonly topicIds?: readonly string[];
  /** Whether the customer waits for an answer. @default false */
  readonly replyOwed?: boolean;
  /** @default "customer" */
  readonly startedBy?: "customer" | "agent";
  /**
   * Who wrote to the customer before the close.
   * @default "agent"; "nobody" if the customer waits for an answer or an agent started the conversation
   */
  readonly answeredBy?: "agent" | "automation" | "nobody";
}

/** How to close a conversation. This becomes the event's `initiator`. */
export interface CloseConversation {
  /** @default "agent" */
  readonly by?: "agent" | "api" | "rule" | "job";
  /** @default the assigned agent */
  readonly agentId?: string;
}

/** A running sandbox. Close it at the end of the test, because its two servers keep the process alive. */
export interface TestSandbox {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly gladlyUrl: string;
  /** `http://127.0.0.1:<port>`, without a trailing slash. The port differs from Gladly's. */
  readonly stellaUrl: string;
  /** Made-up credentials that both servers accept. They are the same in every sandbox. */
  readonly credentials: SandboxCredentials;
  /** Opens a conversation and returns its id. @throws if Gladly would refuse it */
  openConversation(input?: OpenConversation): Promise<string>;
  /**
   * Closes a conversation, which sends `CONVERSATION/CLOSED` to every webhook that subscribes to it.
   * @throws Error if there is no such conversation, or Gladly would not close it
   */
  closeConversation(id: string, close?: CloseConversation): Promise<void>;
  /** Surveys that went to the test address, oldest first. */
  inbox(): Promise<readonly SurveyMail[]>;
  /** Surveys that went to customers, oldest first. */
  outbox(): Promise<readonly SurveyMail[]>;
  /** Every survey request, refused ones included, oldest first. */
  requests(): Promise<readonly SurveyRequestRecord[]>;
  /** Calls a control of docs/sandbox.md, such as `control("stella", "settings", { suppressionDays: 1 })`. */
  control(service: "gladly" | "stella", path: string, body?: unknown): Promise<unknown>;
  /** Moves the clock of both services forward. @param milliseconds 0 or more */
  advance(milliseconds: number): Promise<void>;
  /** Stops both servers. */
  close(): Promise<void>;
}

const CREDENTIALS: SandboxCredentials = {
  gladlyUser: "api.user@example.com",
  gladlyToken: "sandbox-gladly-token",
  stellaTestKey: "sandbox-stella-test-key",
  stellaProductionKey: "sandbox-stella-production-key",
  stellaApiSecret: "sandbox-stella-api-secret",
};

/** Starts both servers on free ports. */
export async function startSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox> {
  const { timeScale = 1, rateLimited = false } = options;
  const running = await start({ credentials: CREDENTIALS, timeScale });
  const urls = { gladly: running.gladly.url, stella: running.stella.url };
  const call = async (method: string, service: "gladly" | "stella", path: string, body?: unknown) => {
    const response = await fetch(`${urls[service]}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${method} ${path}: ${text}`);
    const value: unknown = text === "" ? undefined : JSON.parse(text);
    return value;
  };
  const post = (service: "gladly" | "stella", path: string, body: unknown = {}) => call("POST", service, path, body);
  const read = async <T>(path: string, schema: z.ZodType<T>) =>
    z.array(schema).parse(await call("GET", "stella", path));
  if (!rateLimited) await post("gladly", "settings", { rateLimit: { buckets: "off" } });
  return {
    gladlyUrl: urls.gladly,
    stellaUrl: urls.stella,
    credentials: CREDENTIALS,
    openConversation: async (input = { customer: { name: "Eve Example", email: "eve@example.net" } }) =>
      z.looseObject({ id: z.string() }).parse(await post("gladly", "conversations", input)).id,
    closeConversation: async (id, close = {}) => {
      await post("gladly", `conversations/${encodeURIComponent(id)}/close`, close);
    },
    inbox: () => read("inbox", Mail),
    outbox: () => read("outbox", Mail),
    requests: () => read("requests", RecordedRequest),
    control: post,
    advance: async (milliseconds) => {
      await post("gladly", "clock", { advance: milliseconds });
    },
    close: () => running.close(),
  };
}
