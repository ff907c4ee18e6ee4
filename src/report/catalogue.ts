/**
 * Every finding that a review can have: how severe it is, whether customers notice, and what it says. Ids are stable;
 * docs/review.md lists them from here.
 */
import type { Finding, Severity } from "./report";

interface Kind {
  readonly severity: Severity;
  /** Customers get more, fewer or other surveys by it, at once or as soon as something fails. */
  readonly customers: boolean;
  readonly says: string;
}

const critical = (says: string): Kind => ({ severity: "critical", customers: true, says });
const warning = (says: string): Kind => ({ severity: "warning", customers: false, says });
const customers = (says: string): Kind => ({ severity: "warning", customers: true, says });
const info = (says: string): Kind => ({ severity: "info", customers: false, says });

const KINDS = {
  "plan-errored": critical("Terraform could not finish planning: nothing can be applied"),
  "plan-incomplete": warning("Terraform put changes off to a later plan"),
  "check-failed": warning("something that the stack demands does not hold"),

  "first-deployment": info("the environment is made for the first time"),
  "everything-destroyed": critical("the environment is taken away"),
  "survey-mode-production": critical("surveys go to customers from now on"),
  "survey-mode-test": critical("customers get no surveys any more"),
  "delivery-changed": critical("closed conversations take another way to Stella Connect"),
  "gladly-changed": critical("another Gladly organization, or another user of it"),
  "stella-changed": critical("another address of Stella Connect"),

  "webhook-created": info("Gladly is given a webhook"),
  "webhook-deleted": critical("Gladly loses the webhook"),
  "webhook-replaced": critical("the webhook is deleted and made again"),
  "webhook-moved": customers("the webhook delivers to another address"),
  "webhook-switched-off": critical("the webhook is switched off"),
  "webhook-switched-on": customers("the webhook is switched on"),
  "webhook-events-lost": critical("closed conversations are no longer delivered"),
  "webhook-events-changed": warning("other events are delivered"),
  "webhook-renamed": info("the webhook has another name"),
  "webhook-headers-changed": warning("Gladly is given other headers to send"),
  "password-handed-over": warning("Gladly is given a password for the webhook"),

  "topic-created": info("Gladly is given the topic that keeps a conversation out"),
  "topic-renamed": critical("the topic that keeps a conversation out has another name"),
  "topic-disabled": critical("the topic that keeps a conversation out is disabled"),
  "topic-enabled": customers("the topic that keeps a conversation out is enabled again"),
  "topic-replaced": critical("the topic that keeps a conversation out becomes another one"),
  "topic-heeded-changed": critical("the relay heeds a topic of another name"),
  "topic-moved": info("the topic stands under another one"),

  "policy-channels": customers("other channels get surveys"),
  "policy-channel-names": warning("Stella Connect is told other channels"),
  "policy-bots": customers("other agents count as no people"),
  "policy-do-not-send": warning("what the topic that keeps a conversation out does"),
  "policy-ambiguous": customers("what happens when an answer was lost"),
  "policy-once": customers("how often a reopened conversation gets a survey"),
  "policy-feedback": warning("whether answers are put on Gladly's timeline"),
  "policy-details": warning("brand, language, tags or link of a survey"),
  "policy-unknown": warning("a relay configuration that this version cannot read"),

  "key-switched": info("the worker loses one Stella key and may read the other"),
  "key-exposed": critical("a Stella key can be read by what should not"),
  "secret-created": info("the place of a secret, without a value"),
  "secret-lost": critical("the place of a secret goes, and its value with it"),

  "event-queue-lost": critical("the queue of accepted events is destroyed"),
  "parked-queue-lost": critical("the queue of parked events is destroyed"),
  "ledger-lost": critical("the record of what was sent is destroyed"),
  "queue-changed": warning("how long or how often events are kept and tried"),
  "ledger-changed": warning("the ledger's keys, expiry or protection"),

  "function-lost": critical("a function of the relay is destroyed"),
  "function-code": warning("a function gets new code"),
  "function-settings": warning("memory, time limit or runtime of a function"),
  "feed-lost": critical("accepted events no longer reach the worker"),
  "concurrency-lowered": warning("fewer events are worked on at once"),
  "concurrency-raised": info("more events are worked on at once"),
  "watchdog-changed": warning("the watchdog is woken differently, or not at all"),

  "endpoint-lost": critical("a part of the webhook's address is destroyed"),
  "endpoint-changed": warning("a part of the webhook's address works differently"),
  "throttle-lowered": customers("fewer deliveries a second are taken"),
  "throttle-raised": info("more deliveries a second are taken"),
  "domain-changed": critical("the webhook's host name or its certificate changes"),

  "alarm-added": info("one more thing is watched"),
  "alarm-removed": warning("something is no longer watched"),
  "alarm-loosened": warning("an alarm comes later or never"),
  "alarm-changed": info("an alarm comes earlier or differently"),
  "alarm-address": warning("alarms go to another address, or to none"),
  "dashboard-removed": info("there is no overview any more"),
  "budget-changed": info("another monthly budget, or none"),
  "log-retention-lowered": warning("older log lines are deleted"),
  "log-lost": warning("a log is deleted"),
  "redaction-removed": warning("addresses are no longer masked in the log"),

  "permissions-wildcard": critical("somebody may do or touch anything"),
  "permissions-widened": warning("somebody may do more than before"),
  "permissions-narrowed": info("somebody may do less than before"),
  "permissions-unguarded": warning("permissions added by hand no longer show in a plan"),
  "boundary-changed": critical("the limit of what any role may do changes"),
  "trust-changed": critical("somebody else may take a role"),
  "resource-policy-changed": warning("who may use a queue, a topic or a bucket"),
  "state-bucket-lost": critical("the bucket of states is destroyed"),
  "state-bucket-changed": warning("a protection of the states changes"),

  "resource-adopted": info("something made by hand comes under code as it is"),
  "resource-forgotten": warning("something is no longer under code and stays as it is"),
  "resource-moved": info("the code calls something by another name"),
  "resource-replaced": warning("something is destroyed and made again"),
  "resource-destroyed": warning("something is destroyed"),
  "resource-unknown": warning("a kind of resource that this review knows nothing of"),

  "outside-webhook-off": critical("the webhook was switched off outside"),
  "outside-webhook-gone": critical("the webhook was deleted outside"),
  "outside-webhook-changed": critical("the webhook was changed outside"),
  "outside-topic-changed": critical("the topic was renamed, disabled or removed outside"),
  "outside-changed": warning("something else was changed outside"),
} as const satisfies Readonly<Record<string, Kind>>;

export type FindingId = keyof typeof KINDS;

export const FINDINGS: Readonly<Record<FindingId, Kind>> = KINDS;

/** A finding of a kind. */
export interface Found extends Finding {
  readonly id: FindingId;
}

export function found(id: FindingId, about: Omit<Finding, "id" | "severity">): Found {
  return { id, severity: FINDINGS[id].severity, ...about };
}

/** Whether customers notice. */
export function concernsCustomers({ id }: Found): boolean {
  return FINDINGS[id].customers;
}
