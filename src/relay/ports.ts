/** What the relay's core needs from its platform: one machine (`local/`) or AWS (`aws/`). One test suite checks both. */
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

/** Randomness and new ids are also injected, so that a run can be repeated from its seed. */
export interface Chance {
  /** At least 0 and below 1. */
  random(): number;
  /** A new id, URL safe, that no other process has. */
  id(): string;
}

/** One stored envelope, received by one worker for a limited time. */
export interface Message {
  readonly envelope: Envelope;
  /** The queue's handle; invalid once the visibility timeout is over. */
  readonly receipt: string;
}

/** What the queue does with a processed message. */
export type Verdict =
  | { readonly kind: "done" }
  /** Deliver it again after this many milliseconds. */
  | { readonly kind: "later"; readonly delay: number }
  /** Park it for a person. */
  | { readonly kind: "park"; readonly reason: ParkReason };

export interface Queue {
  /** Durable when it resolves. If it rejects, none of the envelopes counts as accepted. */
  send(envelopes: readonly Envelope[]): Promise<void>;
  /** Receives up to `most` due messages. One that is not settled in time is delivered again. */
  receive(most: number): Promise<readonly Message[]>;
  settle(message: Message, verdict: Verdict): Promise<void>;
  /** Requeues up to `most` parked messages of a reason and returns how many. */
  replay(reason: ParkReason, most: number): Promise<number>;
}

/** A document with the version that a later write must name. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: number;
}

/**
 * Documents with compare-and-swap, which both SQLite and DynamoDB do well. So every rule about claims and closes is plain
 * code in the core (`claim.ts`) and is not written twice in two query languages.
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
  /** Accepted envelopes that were not processed yet, of one conversation or of all, as far as the queue can be searched. */
  waiting(conversationId: string | undefined, most: number): Promise<readonly Envelope[]>;
  /** A small named JSON document: the breaker's state, a watermark, a pause. */
  note(name: string): Promise<Versioned<string> | undefined>;
  saveNote(name: string, value: string, expected: number | undefined): Promise<boolean>;
}

/** Recognises one password of the webhook without storing it in plain text. */
export interface Verifier {
  /** Identifies the password in metrics, so that an operator sees when an old one is no longer used. */
  readonly id: string;
  /** SHA-256 of the password. */
  readonly sha256: Buffer;
}

export interface StellaKey {
  readonly apiKey: string;
  /** The key's survey mode. With `unknown` nothing is sent. */
  readonly mode: SurveyMode | "unknown";
}

/** A secret is missing, unreadable or not stored safely. The message says what to do and contains no value. */
export class SecretUnreadable extends Error {
  override readonly name = "SecretUnreadable";

  /** @param isUnset whether the store has no value: it was not written yet, or the secret itself does not exist */
  constructor(
    message: string,
    readonly isUnset = false,
  ) {
    super(message);
  }
}

/** Every method rejects with SecretUnreadable if there is no value, not even an older one. */
export interface Secrets {
  /** @param refresh a password was just refused, so read the secret again if the rate limit allows it */
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
/** Never contains a body, an address, a credential or a plain id (docs/vendors/aws-relay.md section 4.1). */
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
