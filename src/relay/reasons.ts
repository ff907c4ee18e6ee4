/** Why an event ended as it did: one closed list, which the ledger, the metrics, a review and a person all read. */

/** A survey was asked for. */
export const SEND_REASONS = ["eligible"] as const;
export type SendReason = (typeof SEND_REASONS)[number];

/** Reported to Stella as an interaction without a survey. */
export const RECORD_REASONS = ["do-not-send-topic"] as const;
export type RecordReason = (typeof RECORD_REASONS)[number];

/** Nothing was sent, and nothing needs to be done. */
export const SKIP_REASONS = [
  "do-not-send-topic",
  "no-agent",
  "agent-without-email",
  "agent-is-bot",
  "no-customer-email",
  "customer-gone",
  "conversation-gone",
  "reopened",
  "superseded",
  "already-surveyed",
  "channel-left-out",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Kept for a person, who can replay it after curing the cause. */
export const PARK_REASONS = [
  "malformed-event",
  "refused-by-stella",
  "answer-lost",
  "gave-up",
  "keeps-crashing",
] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

/** Not finished: it will be tried again by itself. */
export const RETRY_REASONS = [
  "stella-unavailable",
  "stella-misconfigured",
  "stella-answer-lost",
  "gladly-unavailable",
  "gladly-misconfigured",
  "survey-mode-guard",
  "secret-unreadable",
  "interrupted",
] as const;
export type RetryReason = (typeof RETRY_REASONS)[number];

export type Reason = SendReason | RecordReason | SkipReason | ParkReason | RetryReason;

/** What each reason means, for a person. */
export const REASONS: Readonly<Record<Reason, string>> = {
  eligible: "every condition for a survey was met",
  "do-not-send-topic": "the conversation carries the do-not-send topic",
  "no-agent": "no agent was assigned when the conversation was closed",
  "agent-without-email":
    "the agent is gone from Gladly or has no e-mail address there, so Stella could not know whom it is about",
  "agent-is-bot": "the agent is on this environment's list of bots",
  "no-customer-email": "the customer's record has no e-mail address",
  "customer-gone": "the customer no longer exists in Gladly",
  "conversation-gone": "the conversation no longer exists in Gladly",
  reopened: "the conversation was open again when the event was worked on; its next close is an event of its own",
  superseded: "a later close of the same conversation is known; a late survey never follows a fresher one",
  "already-surveyed": "this environment asks once per conversation, and it was asked before",
  "channel-left-out": "the conversation's channel is left out by this environment",
  "malformed-event": "the body is not a Gladly event that can be read",
  "refused-by-stella": "Stella refused the request for good: read its detail, cure the cause, then replay",
  "answer-lost": "Stella's answer was lost, so a survey may or may not have been sent",
  "gave-up": "it was tried for 72 hours without success",
  "keeps-crashing": "the worker stopped five times while working on it",
  "stella-unavailable": "Stella cannot be reached or is overloaded",
  "stella-misconfigured": "Stella refused the key or the address: check the key of this survey mode and stella.url",
  "stella-answer-lost": "the request left and no answer came from Stella",
  "gladly-unavailable": "Gladly cannot be reached or is overloaded",
  "gladly-misconfigured": "Gladly refused the token: check gladly.user and the token",
  "survey-mode-guard": "the Stella key is not one of this environment's survey mode, so nothing is sent",
  "secret-unreadable": "a secret cannot be read",
  interrupted: "the worker stopped while working on it",
};
