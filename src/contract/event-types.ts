/** The types of Gladly's events that several modules use (docs/vendors/gladly-api.md section 6.1). */

/** A conversation was closed: the event that the vendor's guide calls "Conversation/Close". */
export const CONVERSATION_CLOSED = "CONVERSATION/CLOSED";
/** A closed conversation was reopened. It can be closed again later, with a new event id. */
export const CONVERSATION_REOPENED = "CONVERSATION/REOPENED";
/** A topic was added to a conversation. A do-not-send topic added before the close stops the survey. */
export const TOPIC_ADDED = "CONVERSATION/TOPIC_ADDED";
/** A topic was removed from a conversation. */
export const TOPIC_REMOVED = "CONVERSATION/TOPIC_REMOVED";

/** The start of a contact, which names the customer's channel. A contact's end can come long after another one started. */
export const CONTACT_STARTED = "CONTACT/STARTED";

/** Gladly's check when a webhook is created, enabled or moved. Only exactly 200 passes (docs/vendors/gladly-api.md section 7.2). */
export const PING = "PING";

/** The events that our webhook can subscribe to. */
export type SurveyEvent = typeof CONVERSATION_CLOSED | typeof CONTACT_STARTED;
