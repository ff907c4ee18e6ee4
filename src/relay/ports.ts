/** What the relay's core needs from its home: one machine (`local/`) or AWS (`aws/`). One contract suite holds both. */
import type { MetricName } from "../contract/metrics";
import type { SurveyMode } from "../contract/survey-mode";
import type { GladlyClient } from "../vendors/gladly/client";
import type { StellaClient } from "../vendors/stella/client";
import type { Envelope } from "./envelope";
import type { LogEvent } from "./log";
import type { ParkReason } from "./reasons";
import type { ConversationRecord } from "./record";

/** The only clock of the core. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Chance and new ids come from outside too, so that a run can be repeated from its seed. */
export interface Chance {
  /** At least 0 and below 1. */
  random(): number;
  /** A new id, URL safe, that no other process has. */
  id(): string;
}

/** One stored envelope, handed to one worker for a while. */
export interface Message {
  readonly envelope: Envelope;
  /** What the queue needs to find it again; void once the hand-out has run out. */
  readonly receipt: string;
}

/** What becomes of a message that was worked on. */
export type Verdict =
  | { readonly kind: "done" }
  /** Hand it out again after so many milliseconds. */
  | { readonly kind: "later"; readonly delay: number }
  /** Keep it for a person. */
  | { readonly kind: "park"; readonly reason: ParkReason };

export interface Queue {
  /** Durable when it resolves. Rejects when it cannot store, and then nothing of it counts as accepted. */
  send(envelopes: readonly Envelope[]): Promise<void>;
  /** Hands out up to `most` messages that are due; one that is not settled in time is handed out again. */
  receive(most: number): Promise<readonly Message[]>;
  settle(message: Message, verdict: Verdict): Promise<void>;
  /** Sends up to `most` parked messages of a reason back to work and answers how many. */
  replay(reason: ParkReason, most: number): Promise<number>;
}

/** A document with the version that a later write must name. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: number;
}

/**
 * Documents with compare-and-swap: what both SQLite and DynamoDB do well, so that every rule about claims and closes is
 * plain code in the core (`claim.ts`) and not written twice in two query languages.
 */
export interface Ledger {
  conversation(key: string): Promise<Versioned<ConversationRecord> | undefined>;
  /**
   * Stores a record if its version is still `expected`, or if there is none and `expected` is undefined.
   * Durable when it resolves to true.
   */
  saveConversation(record: ConversationRecord, expected: number | undefined): Promise<boolean>;
  /** The conversations that changed last, newest first. */
  recent(most: number): Promise<readonly ConversationRecord[]>;
  /** Accepted envelopes that nobody has worked on yet, where the home can tell; for one conversation or all. */
  waiting(conversationId: string | undefined, most: number): Promise<readonly Envelope[]>;
  /** A small named JSON document: the breaker's state, a watermark, a pause. */
  note(name: string): Promise<Versioned<string> | undefined>;
  saveNote(name: string, value: string, expected: number | undefined): Promise<boolean>;
}

/** How one password of the webhook is recognised: nobody here needs to keep it in clear. */
export interface Verifier {
  /** Names the password in metrics, so that an operator sees when an old one is no longer used. */
  readonly id: string;
  /** SHA-256 of the password. */
  readonly sha256: Buffer;
}

export interface StellaKey {
  readonly apiKey: string;
  /** The mode this key is known to be of; `unknown` where the home cannot tell, and then nothing is sent with it. */
  readonly mode: SurveyMode | "unknown";
}

/** A secret is missing, unreadable or not safely kept. The message says what to do and holds no value. */
export class SecretUnreadable extends Error {
  override readonly name = "SecretUnreadable";
}

/** Every method rejects with SecretUnreadable when there is no value, not even an older one. */
export interface Secrets {
  /** @param refresh a password was just refused, so an older copy should be read again if the limit allows it */
  webhookVerifiers(refresh?: boolean): Promise<readonly Verifier[]>;
  stellaKey(mode: SurveyMode, refresh?: boolean): Promise<StellaKey>;
  gladlyToken(): Promise<string>;
}

export interface Metrics {
  count(name: MetricName, labels?: Readonly<Record<string, string>>): void;
  /** Seconds. */
  observe(name: MetricName, seconds: number): void;
}

export type Log = (level: "info" | "warn" | "error", event: LogEvent, fields?: LogFields) => void;
/** Never a body, an address, a credential or an id in clear (docs/vendors/aws-relay.md section 4.1). */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

export type Gladly = Pick<
  GladlyClient,
  | "conversation"
  | "conversationItems"
  | "customer"
  | "agent"
  | "agents"
  | "topic"
  | "topics"
  | "inbox"
  | "inboxes"
  | "events"
  | "webhooks"
>;
export type Stella = Pick<StellaClient, "request" | "forward">;
