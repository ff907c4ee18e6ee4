/**
 * Every finding of the product: id, severity, whether customers notice, and its meaning in one line. Ids are stable and unique.
 * The sentences of a finding are in the `judge*.ts` of its feature. docs/review.md, docs/drift.md, docs/going-live.md and
 * docs/adopt.md list the findings from here.
 */

/** `critical`: customers are or will be affected, or events are at risk. `warning`: look before you continue. */
export type Severity = "info" | "warning" | "critical";

interface Kind {
  readonly severity: Severity;
  /** Customers get more, fewer or different surveys, at once or as soon as something fails. */
  readonly customers: boolean;
  readonly says: string;
}

const critical = (says: string): Kind => ({ severity: "critical", customers: true, says });
const warning = (says: string): Kind => ({ severity: "warning", customers: false, says });
const customers = (says: string): Kind => ({ severity: "warning", customers: true, says });
const info = (says: string): Kind => ({ severity: "info", customers: false, says });

/** What a plan changes: `relay review`. */
const REVIEW = {
  "plan-errored": critical("Terraform could not finish the plan, so nothing can be applied"),
  "plan-not-understood": critical("the plan has parts that this version cannot read"),
  "plan-deferred": warning("Terraform leaves changes to a later plan"),
  "plan-actions": warning("the apply runs Terraform actions"),
  "check-failed": warning("a check or condition of the stack fails"),

  "first-deployment": info("the environment is created for the first time"),
  "everything-destroyed": critical("the whole environment is destroyed"),
  "survey-mode-production": critical("surveys go to customers"),
  "survey-mode-test": critical("customers stop getting surveys"),
  "delivery-changed": critical("closed conversations reach Stella Connect in a different way"),
  "gladly-changed": critical("the relay reads another Gladly organization, or as another user"),
  "gladly-organization-left": critical("the webhook and topic in the old Gladly organization stay there"),
  "aws-account-changed": critical("resources in the old AWS account or Region stay there"),
  "relay-left-behind": critical(
    "the relay in the old AWS account, Region or machine stays there, and the new one starts empty",
  ),
  "stella-changed": critical("the address of Stella Connect changes"),

  "webhook-created": info("a webhook is created in Gladly"),
  "webhook-deleted": critical("the webhook is deleted"),
  "webhook-replaced": critical("the webhook is deleted and created again"),
  "webhook-left-behind": critical("a webhook stays in Gladly that Terraform no longer manages"),
  "webhook-moved": customers("the webhook delivers to another address"),
  "webhook-switched-off": critical("the webhook is disabled"),
  "webhook-switched-on": customers("the webhook is enabled"),
  "webhook-events-lost": critical("closed conversations are no longer delivered"),
  "webhook-events-changed": warning("the webhook delivers other events"),
  "webhook-renamed": info("the webhook gets another name"),
  "webhook-headers-changed": warning("the webhook sends other headers"),
  "password-handed-over": warning("Gladly gets a password for the webhook"),

  "topic-created": info("the do-not-send topic is created"),
  "topic-renamed": critical("the do-not-send topic is renamed"),
  "topic-disabled": critical("the do-not-send topic is disabled"),
  "topic-enabled": customers("the do-not-send topic is enabled"),
  "topic-replaced": critical("the do-not-send topic is replaced by another"),
  "topic-heeded-changed": critical("the relay looks for a topic with another name"),
  "topic-moved": info("the topic gets another parent"),

  "policy-channels": customers("other channels get surveys"),
  "policy-channel-names": warning("Stella Connect gets other channel names"),
  "policy-bots": customers("other agents count as bots"),
  "policy-do-not-send": warning("whether do-not-send conversations are reported to Stella Connect"),
  "policy-ambiguous": customers("what happens when Stella Connect's answer is lost"),
  "policy-once": customers("how often a reopened conversation gets a survey"),
  "policy-feedback": warning("whether survey answers are written to Gladly's timeline"),
  "policy-details": warning("the brand, language, tags or link of a survey"),
  "policy-exclude": customers("which closes get no survey"),
  "policy-delay": customers("how long after a close the survey is sent"),
  "policy-missing-name": customers("surveys to customers without a name"),
  "policy-retention": warning("how long the relay remembers conversations and keeps parked events"),
  "policy-unknown": warning("a relay configuration that this version cannot read"),

  "key-switched": info("a function may read the other Stella Connect key"),
  "key-exposed": critical("something may read a Stella Connect key that should not"),
  "secret-created": info("a secret is created without a value"),
  "secret-lost": critical("a secret and its value are deleted"),
  "secret-key-kept": critical("a secret keeps a key that the functions may no longer use"),

  "event-queue-lost": critical("the queue of accepted events is deleted"),
  "parked-queue-lost": critical("the queue of parked events is deleted"),
  "ledger-lost": critical("the ledger is deleted"),
  "queue-changed": warning("how long events are kept, how often they are tried, or the key of their queue changes"),
  "ledger-changed": warning("the ledger's index, expiry or point-in-time recovery changes"),
  "encryption-key-lost": critical("the key that encrypts stored data is deleted"),
  "protection-lifted": warning("queues, ledger and secrets may be deleted from now on"),
  "protection-restored": info("queues, ledger and secrets are protected from deletion again"),

  "function-lost": critical("a function of the relay is deleted"),
  "function-code": warning("a function gets new code"),
  "function-settings": warning("memory, timeout or runtime of a function changes"),
  "feed-lost": critical("accepted events no longer reach the worker"),
  "concurrency-lowered": warning("the worker handles fewer events at once"),
  "concurrency-raised": info("the worker handles more events at once"),
  "watchdog-changed": warning("the watchdog runs at other times, or not at all"),

  "endpoint-lost": critical("a part of the webhook's address is deleted"),
  "endpoint-changed": warning("a part of the webhook's address changes"),
  "throttle-lowered": customers("fewer deliveries per second are accepted"),
  "throttle-raised": info("more deliveries per second are accepted"),
  "domain-changed": critical("the webhook's host name or certificate changes"),

  "alarm-added": info("an alarm is added"),
  "alarm-removed": warning("an alarm is removed"),
  "alarm-loosened": warning("an alarm fires later, or never"),
  "alarm-changed": info("an alarm fires earlier, or for other reasons"),
  "alarm-address": warning("alarms go to another address, or to none"),
  "dashboard-removed": info("the dashboard is removed"),
  "budget-changed": info("the monthly budget changes, or is removed"),
  "log-retention-lowered": warning("older log lines are deleted"),
  "log-lost": warning("a log is deleted"),
  "redaction-removed": warning("e-mail addresses are no longer masked in the log"),

  "permissions-wildcard": critical("a role gets permissions with a wildcard"),
  "permissions-widened": warning("a role gets more permissions"),
  "permissions-narrowed": info("a role gets fewer permissions"),
  "permissions-unguarded": warning("permissions added by hand no longer show in a plan"),
  "boundary-changed": critical("the permissions boundary changes"),
  "trust-changed": critical("someone else may assume a role"),
  "resource-policy-changed": warning("who may use a queue, a topic or a bucket changes"),
  "state-bucket-lost": critical("the bucket with the Terraform states is deleted"),
  "state-bucket-changed": warning("a protection of the Terraform states changes"),

  "resource-adopted": info("Terraform imports something that exists"),
  "resource-forgotten": warning("Terraform forgets a resource, which stays as it is"),
  "resource-leftover": info("the leftover of an earlier replacement is deleted"),
  "resource-moved": info("a resource gets another address in the code"),
  "resource-replaced": warning("a resource is destroyed and created again"),
  "resource-destroyed": warning("a resource is destroyed"),
  "resource-unknown": warning("a resource type that the review does not know"),
} as const satisfies Readonly<Record<string, Kind>>;

/** Changes made outside of Terraform since the last apply: `relay drift`, and a review of the same plan. */
const OUTSIDE = {
  "outside-webhook-deleted": critical("someone deleted the webhook in Gladly"),
  "outside-webhook-off": critical("someone disabled the webhook in Gladly"),
  "outside-webhook-off-by-gladly": critical("Gladly disabled the webhook after failed deliveries"),
  "outside-webhook-moved": critical("someone pointed the webhook to another address"),
  "outside-webhook-closes-removed": critical("someone removed closed conversations from the webhook's events"),
  "outside-webhook-events": warning("someone changed the webhook's other events"),
  "outside-webhook-renamed": warning("someone renamed the webhook"),
  "outside-webhook-credentials-removed": critical("someone removed the webhook's user name and password"),
  "outside-webhook-credentials-added": warning("someone gave the webhook a user name and password"),
  "outside-webhook-headers": warning("someone changed the webhook's fixed headers"),
  "outside-webhook-changed": warning("someone changed another setting of the webhook"),
  "outside-webhook-edited": warning("someone edited the webhook, perhaps its password"),
  "outside-topic-renamed": critical("someone renamed the do-not-send topic"),
  "outside-topic-disabled": critical("someone disabled the do-not-send topic"),
  "outside-topic-gone": critical("the do-not-send topic is not in Gladly"),
  "outside-topic-moved": warning("someone moved the topic"),
  "outside-topic-changed": warning("someone changed another setting of the topic"),
  "outside-feed-off": critical("someone disabled the worker's event source"),
  "outside-relay-deleted": critical("someone deleted a resource that the relay needs"),
  "outside-relay-changed": critical("someone changed a resource that the relay needs"),
  "outside-resource-deleted": warning("someone deleted another resource"),
  "outside-resource-changed": warning("someone changed another resource"),
} as const satisfies Readonly<Record<string, Kind>>;

/** Other findings of `relay drift`. */
const DRIFT = {
  "webhook-second": critical("another webhook causes a second survey for each conversation"),
  "webhook-second-to-relay": warning("another webhook delivers to the same relay"),
  "webhook-second-off": info("another webhook to Stella Connect exists, disabled"),
  "webhook-unmanaged": warning("the webhook exists and Terraform does not manage it"),
  "webhook-same-name": warning("another webhook has the same name"),
  "plan-warning": info("Terraform warns about a resource"),
  "topic-look-alike": warning("a topic has nearly the same name and has no effect"),
  "topic-below": warning("a topic under the do-not-send topic has no effect"),
  "not-applied": warning("the code has changes that were not applied"),
  "never-applied": warning("the environment was never applied"),
  "not-known": warning("a stack could not be read"),
} as const satisfies Readonly<Record<string, Kind>>;

/** What a preview says about the last closes: `relay preview`. */
const PREVIEW = {
  "preview-surveys-to-customers": critical("surveys would go to customers"),
  "preview-agents-without-profile": warning("surveys would be refused because agents have no active profile"),
  "preview-fewer-surveys": warning("there would be fewer surveys"),
  "preview-more-surveys": info("there would be more surveys"),
  "preview-other-content": info("requests to Stella Connect would have other content"),
  "preview-profiles-not-checked": info("the agents' profiles were not checked"),
} as const satisfies Readonly<Record<string, Kind>>;

/** What production still needs: `relay readiness`. */
const READINESS = {
  "readiness-not-known": warning("something that production needs could not be read"),
  "no-active-profile": critical("no agent has an active Stella profile"),
  "agents-without-profile": warning("agents have no active Stella profile"),
  "agents-without-email": warning("agents have no e-mail address in Gladly"),
  "agents-accepted-idly": info("agents are listed as exceptions without need"),
  "alarm-addresses-missing": critical("no address is subscribed to the alarms"),
  "alarm-addresses-not-confirmed": warning("an alarm address is not confirmed"),
  "every-channel-left-out": critical("the policy excludes every channel"),
  "channels-not-checked": info("no API shows which channels Stella has"),
  "test-address-not-confirmed": critical("the test address is not confirmed"),
  "token-handed-over-not-confirmed": critical("no one confirmed that Stella has Gladly's token"),
  "integrated-channel-not-confirmed": critical("Integrated Channel is not confirmed"),
  "suppression-period-not-confirmed": critical("the suppression period is not confirmed"),
  "test-address-in-the-future": critical("the test address is confirmed for a future day"),
  "token-handed-over-in-the-future": critical("Gladly's token is confirmed for a future day"),
  "integrated-channel-in-the-future": critical("Integrated Channel is confirmed for a future day"),
  "suppression-period-in-the-future": critical("the suppression period is confirmed for a future day"),
  "relay-not-working": critical("the relay does not work"),
  "relay-paused": critical("the relay is paused"),
  "relay-ping": critical("the relay does not answer a PING with 200"),
  "events-parked": info("events are parked"),
  "secret-missing": critical("a secret does not exist"),
  "secret-empty": critical("a secret has no value"),
  "secret-deleted": critical("a secret was deleted and can still be restored"),
  "secret-open-to-others": critical("other users of the machine can read a secret"),
  "keys-are-one": critical("both Stella Connect keys are the same"),
  "key-mode-not-checked": info("no API shows which key is the production key"),
  "topic-missing": critical("the do-not-send topic does not exist"),
  "topic-unusable": critical("the do-not-send topic is disabled"),
  "webhook-missing": critical("the webhook does not exist"),
  "webhook-elsewhere": critical("the webhook delivers to another address"),
  "webhook-without-closes": critical("the webhook does not deliver closed conversations"),
  "webhook-without-credentials": critical("the webhook has no user name and password"),
} as const satisfies Readonly<Record<string, Kind>>;

/** What an adoption says about the existing webhook and topic: `relay adopt`. */
const ADOPT = {
  "adopt-key-believed": info("the key that you named cannot be checked"),
  "adopt-webhook-elsewhere": critical("the webhook does not post to Stella Connect"),
  "adopt-webhook-without-closes": critical("the webhook does not deliver closed conversations"),
  "adopt-webhook-events": warning("the webhook delivers other events as well"),
  "adopt-webhook-headers": info("the webhook has fixed headers"),
  "adopt-topic-missing": info("the topic does not exist"),
  "adopt-topic-disabled": warning("the topic is disabled"),
  "adopt-topic-nested": warning("the topic has a parent"),
  "adopt-plan-not-made": warning("Terraform could not plan the import"),
} as const satisfies Readonly<Record<string, Kind>>;

/** By feature. */
export const CATALOGUE = {
  review: REVIEW,
  outside: OUTSIDE,
  drift: DRIFT,
  preview: PREVIEW,
  readiness: READINESS,
  adopt: ADOPT,
} as const;

type Ids<Part> = Part extends unknown ? keyof Part : never;

/** If two features have the same id, this type and every use of it is an error. */
type Collisions = {
  [Part in keyof typeof CATALOGUE]: Extract<
    keyof (typeof CATALOGUE)[Part],
    Ids<(typeof CATALOGUE)[Exclude<keyof typeof CATALOGUE, Part>]>
  >;
}[keyof typeof CATALOGUE];

export type FindingId = [Collisions] extends [never] ? Ids<(typeof CATALOGUE)[keyof typeof CATALOGUE]> : never;

export const FINDINGS: Readonly<Record<FindingId, Kind>> = {
  ...REVIEW,
  ...OUTSIDE,
  ...DRIFT,
  ...PREVIEW,
  ...READINESS,
  ...ADOPT,
};
