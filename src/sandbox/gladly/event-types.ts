/** The event types that a webhook can subscribe to (docs/vendors/gladly-api.md section 6.1). PING is not among them. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  AGENT_AVAILABILITY: ["FOCUS_ENTERED", "FOCUS_EXITED", "UPDATED"],
  AGENT_STATUS: ["CHANGED_ACTIVE_REASON", "LOGGED_IN", "LOGGED_OUT", "RETURNED_FROM_AWAY", "WENT_AWAY"],
  AUTOMATION: ["MESSAGE_RECEIVED", "MESSAGE_SENT"],
  CONTACT: [
    "ENDED",
    "FULFILLED",
    "HOLD_ENDED",
    "HOLD_STARTED",
    "JOINED",
    "MESSAGE_RECEIVED",
    "MESSAGE_SENT",
    "OFFER_ACCEPTED",
    "OFFERED",
    "OFFER_REJECTED",
    "STARTED",
    "TRANSFERRED",
  ],
  CONVERSATION: [
    "CLOSED",
    "CREATED",
    "CUSTOM_ATTRIBUTE_ADDED",
    "CUSTOM_ATTRIBUTE_REMOVED",
    "NOTE_CREATED",
    "REOPENED",
    "TOPIC_ADDED",
    "TOPIC_REMOVED",
  ],
  CONVERSATION_ASSIGNEE: ["UPDATED"],
  CONVERSATION_STATUS: ["UPDATED"],
  CUSTOM_CHANNEL: ["MESSAGE_SENT"],
  CUSTOMER: ["MERGED"],
  CUSTOMER_PROFILE: ["CREATED", "DELETED", "MERGED", "UPDATED"],
  EXPORT_JOB: ["COMPLETED", "FAILED"],
  MESSAGE: ["RECEIVED"],
  PAYMENT_REQUEST: ["CREATED", "STATUS_CHANGED", "VIEWED"],
  TASK: [
    "ASSIGNEE_UPDATED",
    "CLOSED",
    "COMMENT_ADDED",
    "CONTENT_UPDATED",
    "CREATED",
    "DUE_DATE_UPDATED",
    "FOLLOWER_ADDED",
    "FOLLOWER_REMOVED",
    "REOPENED",
  ],
};

export const EVENT_TYPES: ReadonlySet<string> = new Set(
  Object.entries(FAMILIES).flatMap(([family, names]) => names.map((name) => `${family}/${name}`)),
);

/**
 * The Events API's `entities` value of an event type. Undefined for types that the API never lists, such as
 * `CONVERSATION_STATUS/UPDATED` (docs/vendors/gladly-api.md section 14).
 */
export function entityOf(type: string): string | undefined {
  const family = type.slice(0, type.indexOf("/"));
  switch (family) {
    case "CONVERSATION":
    case "CONVERSATION_ASSIGNEE":
      return "CONVERSATION";
    case "AGENT_AVAILABILITY":
    case "AGENT_STATUS":
    case "CONTACT":
    case "CUSTOMER":
    case "CUSTOMER_PROFILE":
    case "PAYMENT_REQUEST":
    case "TASK":
      return family;
    default:
      return undefined;
  }
}

/** The values that the `entities` parameter accepts. */
export const EVENT_ENTITIES: ReadonlySet<string> = new Set([
  "AGENT_AVAILABILITY",
  "AGENT_STATUS",
  "CONTACT",
  "CONVERSATION",
  "CUSTOMER",
  "CUSTOMER_PROFILE",
  "PAYMENT_REQUEST",
  "TASK",
]);
