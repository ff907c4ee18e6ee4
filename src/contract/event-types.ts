/** The types of Gladly's events that more than one room knows (docs/vendors/gladly-api.md section 6.1). */

/** A conversation was closed: the event that the vendor's guide calls "Conversation/Close". */
export const CONVERSATION_CLOSED = "CONVERSATION/CLOSED";
/** A closed conversation was opened again. It can be closed again later, with a new event id. */
export const CONVERSATION_REOPENED = "CONVERSATION/REOPENED";
/** A topic was put on a conversation. A do-not-send topic added before the close stops the survey. */
export const TOPIC_ADDED = "CONVERSATION/TOPIC_ADDED";
/** A topic was taken off a conversation. */
export const TOPIC_REMOVED = "CONVERSATION/TOPIC_REMOVED";

/** Of a contact's events the one that names the channel the customer used; its end may come long after another began. */
export const CONTACT_STARTED = "CONTACT/STARTED";

/** Gladly's probe when a webhook is created, enabled or moved; only exactly 200 passes (docs/vendors/gladly-api.md section 7.2). */
export const PING = "PING";

/** The events that a webhook of ours can subscribe to. */
export type SurveyEvent = typeof CONVERSATION_CLOSED | typeof CONTACT_STARTED;
