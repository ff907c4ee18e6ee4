/** Why an event ended as it did: one closed list, which the ledger, the metrics, a review and a person all read. */

/** A survey was asked for. */
export const SEND_REASONS = ["eligible"] as const;
export type SendReason = (typeof SEND_REASONS)[number];

/** Reported to Stella as an interaction without a survey. */
export const RECORD_REASONS = ["do-not-send-topic", "excluded-topic"] as const;
export type RecordReason = (typeof RECORD_REASONS)[number];

/** Nothing was sent, and nothing needs to be done. */
export const SKIP_REASONS = [
  "do-not-send-topic",
  "excluded-topic",
  "excluded-inbox",
  "excluded-closer",
  "started-by-agent",
  "no-agent-message",
  "customer-silent",
  "no-agent",
  "agent-without-email",
  "agent-is-bot",
  "agent-profile-refused",
  "no-customer-email",
  "no-usable-email",
  "no-customer-name",
  "customer-gone",
  "conversation-gone",
  "reopened",
  "superseded",
  "new-message",
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

/** What Gladly could not say; "not known" is never "no". */
export const UNKNOWN_REASONS = ["topic-unknown", "agent-unknown", "inbox-unknown", "status-unknown"] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** Not finished: it will be tried again by itself. */
export const RETRY_REASONS = [
  ...UNKNOWN_REASONS,
  "delayed",
  "not-found",
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
  "excluded-topic": "the conversation has a topic that this environment excludes",
  "excluded-inbox": "the conversation is in an inbox that this environment excludes",
  "excluded-closer": "it was closed by something or someone that this environment excludes",
  "started-by-agent": "an agent started the conversation, and this environment excludes those",
  "no-agent-message": "no agent wrote or called in the conversation, and this environment excludes those",
  "customer-silent": "the customer's last message is older than this environment asks about",
  "no-agent": "no agent was assigned when the conversation was closed",
  "agent-without-email": "the agent has no e-mail address in Gladly, so Stella could not know whom the survey is about",
  "agent-is-bot": "the agent is on this environment's list of bots",
  "agent-profile-refused":
    "Stella refused a survey about this agent in the last hours, for the agent's profile. Have the profile approved in " +
    "Stella; the relay asks again by itself after four hours",
  "no-customer-email": "the customer's record has no e-mail address",
  "no-usable-email": "none of the customer's addresses in Gladly is an e-mail address",
  "no-customer-name": "the customer has no name, and this environment leaves those out",
  "customer-gone": "the customer no longer exists in Gladly",
  "conversation-gone": "the conversation no longer exists in Gladly",
  reopened: "the conversation was open again when the event was worked on; its next close is an event of its own",
  superseded: "a later close of the same conversation is known; a late survey never follows a fresher one",
  "new-message": "there was a new message while this environment waited before asking",
  "already-surveyed": "this environment asks once per conversation, and it was asked before",
  "channel-left-out": "the conversation's channel is left out by this environment",
  "malformed-event": "the body is not a Gladly event that can be read",
  "refused-by-stella": "Stella refused the request for good: read its detail, cure the cause, then replay",
  "answer-lost": "Stella's answer was lost, so a survey may or may not have been sent",
  "gave-up": "it was tried for 72 hours without success",
  "keeps-crashing": "the worker stopped five times while working on it",
  "topic-unknown": "Gladly does not say which topic the conversation has, so it may be the do-not-send topic",
  "agent-unknown": "Gladly does not say who the agent is",
  "inbox-unknown": "Gladly does not say which inbox the conversation is in",
  "status-unknown": "Gladly gives the conversation a status that the relay does not know",
  delayed: "this environment waits before it asks; a reopening or a new message meanwhile cancels it",
  "not-found": "Gladly does not find the conversation or the customer; the relay looks again before it gives up",
  "stella-unavailable": "Stella cannot be reached or is overloaded",
  "stella-misconfigured": "Stella refused the key or the address: check the key of this survey mode and stella.url",
  "stella-answer-lost": "the request left and no answer came from Stella",
  "gladly-unavailable": "Gladly cannot be reached or is overloaded",
  "gladly-misconfigured": "Gladly refused the token: check gladly.user and the token",
  "survey-mode-guard": "the Stella key is not one of this environment's survey mode, so nothing is sent",
  "secret-unreadable": "a secret cannot be read",
  interrupted: "the worker stopped while working on it",
};
