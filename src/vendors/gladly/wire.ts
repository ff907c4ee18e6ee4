/**
 * Gladly's wire format: what its API and its webhooks send, as schemas.
 *
 * Gladly may add fields, enum values and resources inside v1 without notice (docs/vendors/gladly-api.md section 1), so every
 * object is loose and every enumeration that we only read is a plain string. Times are RFC 3339 with 0 to 9 fraction
 * digits. `zod/mini` because this file ends up in the relay's functions, where bundle size counts.
 */
import * as z from "zod/mini";
import { parsedJson } from "../../contract/json";

const optional = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema));

/** A webhook as `GET /api/v1/webhooks` returns it; credentials and header values are never returned (section 6). */
export const Webhook = z.looseObject({
  id: z.string(),
  name: optional(z.string()),
  url: z.string(),
  events: z._default(z.array(z.string()), []),
  enabled: z._default(z.boolean(), false),
  hasCredentials: z._default(z.boolean(), false),
  headerKeys: z._default(z.array(z.string()), []),
  createdAt: optional(z.string()),
  updatedAt: optional(z.string()),
  /** Set by Gladly when it switched the webhook off after the fourth failed retry. */
  disabledAtDueToRetryLimit: optional(z.string()),
});
export type Webhook = z.infer<typeof Webhook>;

/** What `POST` and `PATCH /api/v1/webhooks` take. `url` and `events` are required on create. */
export interface WebhookInput {
  /** As Gladly's settings show it. */
  readonly name?: string;
  /** Where it delivers. Must be unique in the organization (section 7). */
  readonly url?: string;
  /** Types of events, such as `CONVERSATION/CLOSED`. */
  readonly events?: readonly string[];
  /** Switching it on makes Gladly send a PING, which the receiver must answer with 200. @default false on create */
  readonly enabled?: boolean;
  /** Basic credentials for the receiver. Null removes them. */
  readonly credentials?: { readonly username: string; readonly password: string; readonly realm?: string } | null;
  /** Fixed headers of each delivery. Write only, as the credentials are. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A topic (section 8). `disabled` topics stay on the conversations that have them. */
export const Topic = z.looseObject({
  id: z.string(),
  name: z.string(),
  disabled: z._default(z.boolean(), false),
  parentId: optional(z.string()),
});
export type Topic = z.infer<typeof Topic>;

/** `name` is required in every write, also in a PATCH (section 8). */
export interface TopicInput {
  /** Chosen by the caller, on create only. @default Gladly makes one */
  readonly id?: string;
  /** Unique in the organization. */
  readonly name: string;
  /** A disabled topic can no longer be put on a conversation. A topic cannot be deleted. */
  readonly disabled?: boolean;
  /** The topic above it. What null does to a topic that has a parent is not documented (section 8). */
  readonly parentId?: string | null;
}

/** A conversation as it is now, not as it was at an event. `agentId` is absent when no agent is assigned. */
export const Conversation = z.looseObject({
  id: z.string(),
  customerId: z.string(),
  inboxId: optional(z.string()),
  agentId: optional(z.string()),
  /** OPEN, WAITING or CLOSED. */
  status: z.string(),
  createdAt: optional(z.string()),
  closedAt: optional(z.string()),
  topicIds: optional(z.array(z.string())),
});
export type Conversation = z.infer<typeof Conversation>;

const CustomerEmail = z.looseObject({
  original: z.string(),
  normalized: optional(z.string()),
  primary: optional(z.boolean()),
});

/** A customer's profile. `emails` may be empty, and none of them need be `primary`. */
export const Customer = z.looseObject({
  id: z.string(),
  name: optional(z.string()),
  emails: optional(z.array(CustomerEmail)),
});
export type Customer = z.infer<typeof Customer>;

/** An agent. Stella Connect knows the same person by `emailAddress`. */
export const Agent = z.looseObject({ id: z.string(), name: optional(z.string()), emailAddress: optional(z.string()) });
export type Agent = z.infer<typeof Agent>;

/** An inbox, to which conversations are assigned with or without an agent. */
export const Inbox = z.looseObject({ id: z.string(), name: optional(z.string()), disabled: optional(z.boolean()) });
export type Inbox = z.infer<typeof Inbox>;

/** A team, with its agents by id. */
export const Team = z.looseObject({
  id: z.string(),
  name: optional(z.string()),
  description: optional(z.string()),
  agentIds: optional(z.array(z.string())),
});
export type Team = z.infer<typeof Team>;

/** The organization that the token belongs to. */
export const Organization = z.looseObject({
  id: z.string(),
  name: optional(z.string()),
  loginDomain: optional(z.string()),
  timezone: optional(z.string()),
  gladlyUrl: optional(z.string()),
});
export type Organization = z.infer<typeof Organization>;

/** One item of a conversation: a message, a call, a note, a change. `content.type` says which (section 10). */
export const ConversationItem = z.looseObject({
  id: z.string(),
  customerId: optional(z.string()),
  conversationId: optional(z.string()),
  timestamp: optional(z.string()),
  initiator: optional(z.looseObject({ id: optional(z.string()), type: optional(z.string()) })),
  responder: optional(z.looseObject({ id: optional(z.string()), type: optional(z.string()) })),
  content: z.looseObject({ type: optional(z.string()) }),
});
export type ConversationItem = z.infer<typeof ConversationItem>;

/**
 * The envelope of a webhook delivery and of a line of the Events API (section 7.3). A PING is documented to have a
 * `type` and nothing else, so nothing but `type` is required.
 */
export const Event = z.looseObject({
  id: optional(z.string()),
  type: z.string(),
  timestamp: optional(z.string()),
  initiator: optional(z.looseObject({ id: optional(z.string()), type: optional(z.string()) })),
  content: optional(
    z.looseObject({
      customerId: optional(z.string()),
      conversationId: optional(z.string()),
      /** The state just before the event; `agentId` is absent when no agent was assigned. */
      context: optional(
        z.looseObject({
          assignee: optional(z.looseObject({ inboxId: optional(z.string()), agentId: optional(z.string()) })),
        }),
      ),
    }),
  ),
});
export type Event = z.infer<typeof Event>;

/** What is put on a customer's timeline: shown there, part of no conversation, and no message to the customer (section 13). */
export interface TimelineItem {
  /** URL safe, at most 49 characters; a second item of the same id is refused, which makes a repetition harmless. */
  readonly id: string;
  /** What the timeline shows. */
  readonly content: {
    readonly type: "CUSTOMER_ACTIVITY";
    readonly activityType: "EMAIL" | "ISSUE" | "SMS" | "SURVEY";
    /** At most 100 characters. */
    readonly title: string;
    /** At most 25,000 characters; shown as HTML. */
    readonly body: string;
    /** At most 50 characters. */
    readonly sourceName: string;
    /** RFC 3339 with milliseconds, not older than a year. */
    readonly occurredAt?: string;
  };
}

const ErrorDetail = z.looseObject({
  attr: optional(z.string()),
  code: optional(z.string()),
  detail: optional(z.string()),
  meta: optional(z.looseObject({ id: optional(z.string()), old: optional(z.string()), new: optional(z.string()) })),
});
/** One error of an error body (section 5). `code` is the part to act on; `detail` is for people. */
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** Several documented examples carry one object where the schema says array; both are read (section 5). */
const ErrorBody = z.looseObject({ errors: z.union([z.array(ErrorDetail), ErrorDetail]) });

/** The details of an error body; empty when the body is not of Gladly's shape (401, 403, 429 and most 404s have none). */
export function parseErrors(body: string): readonly ErrorDetail[] {
  const parsed = ErrorBody.safeParse(parsedJson(body));
  if (!parsed.success) return [];
  return Array.isArray(parsed.data.errors) ? parsed.data.errors : [parsed.data.errors];
}
