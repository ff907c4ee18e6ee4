/** Why an event got its outcome: one closed list for the ledger, metrics, reviews and people. */

/** A survey was requested. */
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

/** Parked: a person can replay it after fixing the cause. */
export const PARK_REASONS = [
  "malformed-event",
  "refused-by-stella",
  "answer-lost",
  "gave-up",
  "keeps-crashing",
] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

/** What Gladly could not say. "Not known" never counts as "no". */
export const UNKNOWN_REASONS = ["topic-unknown", "agent-unknown", "inbox-unknown", "status-unknown"] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** Not finished: the relay retries by itself. */
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
] as const;
export type RetryReason = (typeof RETRY_REASONS)[number];

export type Reason = SendReason | RecordReason | SkipReason | ParkReason | RetryReason;

/** What each reason means, for a person. */
export const REASONS: Readonly<Record<Reason, string>> = {
  eligible: "every condition for a survey was met",
  "do-not-send-topic": "the conversation has the do-not-send topic",
  "excluded-topic": "the conversation has a topic that this environment excludes",
  "excluded-inbox": "the conversation is in an inbox that this environment excludes",
  "excluded-closer": "it was closed by something or someone that this environment excludes",
  "started-by-agent": "an agent started the conversation, and this environment excludes those",
  "no-agent-message": "no agent wrote or called in the conversation, and this environment excludes those",
  "customer-silent": "the customer's last message is older than this environment's limit",
  "no-agent": "no agent was assigned when the conversation was closed",
  "agent-without-email": "the agent has no e-mail address in Gladly, so Stella cannot know whom the survey is about",
  "agent-is-bot": "the agent is on this environment's list of bots",
  "agent-profile-refused":
    "Stella refused a survey about this agent in the last hours because of the agent's profile. Have the profile approved " +
    "in Stella. The relay tries again after four hours",
  "no-customer-email": "the customer's record has no e-mail address",
  "no-usable-email": "none of the customer's addresses in Gladly is a valid e-mail address",
  "no-customer-name": "the customer has no name, and this environment skips those",
  "customer-gone": "the customer no longer exists in Gladly",
  "conversation-gone": "the conversation no longer exists in Gladly",
  reopened: "the conversation was open again when the event was processed; its next close is a separate event",
  superseded: "a later close of the same conversation is known; an older survey never follows a newer one",
  "new-message": "there was a new message during this environment's delay",
  "already-surveyed": "this environment requests one survey per conversation, and one was requested before",
  "channel-left-out": "this environment excludes the conversation's channel",
  "malformed-event": "the body is not a valid Gladly event",
  "refused-by-stella": "Stella refused the request permanently: read the detail, fix the cause, then replay",
  "answer-lost": "Stella's answer was lost, so a survey may or may not have been sent",
  "gave-up": "it was retried for 72 hours without success",
  "keeps-crashing": "the worker stopped five times while processing it",
  "topic-unknown": "Gladly does not say which topic the conversation has, so it may be the do-not-send topic",
  "agent-unknown": "Gladly does not say who the agent is",
  "inbox-unknown": "Gladly does not say which inbox the conversation is in",
  "status-unknown": "Gladly gives the conversation a status that the relay does not know",
  delayed: "this environment's delay is not over; a reopening or a new message cancels the survey",
  "not-found": "Gladly does not find the conversation or the customer; the relay reads again before it gives up",
  "stella-unavailable": "Stella cannot be reached or is overloaded",
  "stella-misconfigured": "Stella refused the key or the address: check the key of this survey mode and stella.url",
  "stella-answer-lost": "the request was sent, but no answer came from Stella",
  "gladly-unavailable": "Gladly cannot be reached or is overloaded",
  "gladly-misconfigured": "Gladly refused the token: check gladly.user and the token",
  "survey-mode-guard": "the Stella key is not one of this environment's survey mode, so nothing is sent",
  "secret-unreadable": "a secret cannot be read",
};
