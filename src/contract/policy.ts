/**
 * What the relay does with a closed conversation: the business decisions in an environment file.
 *
 * The environment file, the relay's configuration and the state contain only what was written (`PolicySchema`), so that a
 * review shows only deviations from the defaults. The relay reads it with every default filled in (`RelayPolicy`).
 */
import * as z from "zod/mini";
import { DEFAULT_OTHER_CHANNEL, DEFAULT_STELLA_CHANNELS, GLADLY_CHANNELS, type GladlyChannel } from "./channels";
import { oneOf, strict, text } from "./checked";
import type { RelayDelivery } from "./delivery";
import { DelaySchema, ExcludeSchema } from "./exclude";
import { LEDGER_DAYS } from "./time-limits";

const yesOrNo = () => z.boolean({ error: "must be true or false" });

/** A link with no other braces than these two. A dollar before a brace would be a Terraform template. */
const LINK = /^https?:\/\/([^{}]|(?<![$%])\{(conversationId|customerId)\})+$/;

/** A Stella channel, or `null` for "no survey about this channel". */
const stellaChannel = () => z.nullable(text());

/** `policy` in an environment file. Every setting is optional. Unknown settings are refused. */
export const PolicySchema = strict({
  /**
   * What `enrich` does with the do-not-send topic. `record` sends the interaction with Stella's `do_not_send: true`, so that
   * Stella's counts stay correct, which is the vendor's stated purpose (docs/vendors/stella-connect-api.md sections 8 and 10).
   * `skip` sends nothing. With `forward` Stella reads the topic itself. @default "record"
   */
  doNotSend: z.optional(oneOf(["record", "skip"])),
  /**
   * What to do if a request was sent and no answer came. `retry` tries again, at most three times in total, so a customer may
   * get three surveys. `park` leaves it to a person. Stella has no idempotency key. @default "retry"
   */
  ambiguous: z.optional(oneOf(["retry", "park"])),
  /** Gladly agents that are bots, by id or e-mail address: no survey about them. @default [] */
  bots: z.optional(z.array(text(), { error: "must be a list" })),
  /**
   * Gladly's channel to Stella's; `null` excludes a channel. Entries here replace the default ones.
   * @default phone, chat or email, whichever is nearest
   */
  channels: z.optional(
    z.partialRecord(oneOf(GLADLY_CHANNELS), stellaChannel(), {
      error: `must give Stella's channel for some of Gladly's: ${GLADLY_CHANNELS.join(", ")}`,
    }),
  ),
  /** Stella channel of a conversation with an unknown channel; `null` excludes it. @default "chat" */
  otherChannel: z.optional(stellaChannel()),
  /** Stella needs it only if the company has several brands. */
  brand: z.optional(text()),
  /** ISO 639-1, with an optional region. Stella needs it only if several languages are active. */
  language: z.optional(text()),
  /** One survey for a conversation, even if it is reopened and closed again. @default false */
  oncePerConversation: z.optional(yesOrNo()),
  /** What becomes tags of the survey. @default ["topics"] */
  tags: z.optional(z.array(oneOf(["topics", "inbox"]), { error: "must be a list" })),
  /** Link back, with `{conversationId}` and `{customerId}` filled in. */
  externalUrl: z.optional(
    z
      .string({ error: "must be text" })
      .check(
        z.regex(LINK, { error: "must be an http or https address; in braces only {conversationId} and {customerId}" }),
      ),
  ),
  /**
   * Copies survey answers to the customer's timeline in Gladly, in production. Leave it off if Stella does so itself, which it
   * does if it has a Gladly token: each answer would appear twice. Gladly's CSAT report may not count these items.
   * @default false
   */
  feedback: z.optional(yesOrNo()),
  /** Which closes get no survey, by how the conversation began, continued and was closed. @default none */
  exclude: z.optional(ExcludeSchema),
  /**
   * Minutes to wait after a close, 0 to 1,440. A reopening or a new message in that time cancels the survey.
   * @default 0
   */
  delay: z.optional(DelaySchema),
  /**
   * The name for a customer without one, whom Stella may refuse; `null` skips such customers.
   * @default "Customer"
   */
  missingName: z.optional(z.nullable(text())),
  /**
   * Days for which the relay keeps the record of a conversation after its last change, and on one machine a parked event with
   * its body; 7 to 3,650. After that it does not know that the conversation had a survey, except for what
   * `oncePerConversation` keeps for a year. On AWS a parked event expires after 14 days at the latest. @default 35
   */
  retentionDays: z.optional(
    z.int({ error: "must be a whole number of days" }).check(
      z.gte(7, {
        error: "must be at least 7: a close is retried for 3 days, and Gladly's history reaches 1 day back",
      }),
      z.lte(3650, { error: "must be at most 3650" }),
    ),
  ),
});

/** A policy as written. Missing settings have the relay's defaults. */
export type Policy = z.infer<typeof PolicySchema>;

const settings = PolicySchema.shape;

/** The same settings, with every default filled in. */
export const RelayPolicy = strict({
  ...settings,
  doNotSend: z._default(settings.doNotSend, "record"),
  ambiguous: z._default(settings.ambiguous, "retry"),
  bots: z._default(settings.bots, []),
  channels: z._default(
    z.pipe(
      settings.channels,
      z.transform(
        (given = {}): Readonly<Record<GladlyChannel, string | null>> => ({
          ...DEFAULT_STELLA_CHANNELS,
          ...Object.fromEntries(Object.entries(given).filter(([, channel]) => channel !== undefined)),
        }),
      ),
    ),
    { ...DEFAULT_STELLA_CHANNELS },
  ),
  otherChannel: z._default(settings.otherChannel, DEFAULT_OTHER_CHANNEL),
  oncePerConversation: z._default(settings.oncePerConversation, false),
  tags: z._default(settings.tags, ["topics"]),
  feedback: z._default(settings.feedback, false),
  exclude: z._default(settings.exclude, {}),
  delay: z._default(settings.delay, 0),
  missingName: z._default(settings.missingName, "Customer"),
  retentionDays: z._default(settings.retentionDays, LEDGER_DAYS),
});
export type RelayPolicy = z.infer<typeof RelayPolicy>;

/**
 * Whether a decision needs Gladly's channel. It costs a read of the whole conversation, or an event for each contact, which is
 * not necessary if the policy maps every channel to the same one.
 */
export function needsChannel(policy: Pick<RelayPolicy, "channels" | "otherChannel">): boolean {
  return new Set([...Object.values(policy.channels), policy.otherChannel]).size > 1;
}

/** Whether a decision depends on messages. It costs a read of the whole conversation. */
export function needsMessages({ exclude, delay }: Pick<RelayPolicy, "exclude" | "delay">): boolean {
  const { withoutAgentMessage, startedByAgent, customerSilentDays } = exclude;
  return delay > 0 || withoutAgentMessage === true || startedByAgent === true || customerSilentDays !== undefined;
}

/** Whether the policy names a bot by its e-mail address, which no event contains. */
export function namesBotsByAddress({ bots }: Pick<RelayPolicy, "bots">): boolean {
  return bots.some((bot) => bot.includes("@"));
}

/**
 * Reads of Gladly for one close while agents, topics and inboxes are cached. With `forward` there are none unless the policy
 * needs something that the event does not contain.
 */
export function readsPerClose(delivery: RelayDelivery, policy: RelayPolicy): number {
  const items = needsMessages(policy) ? 1 : 0;
  if (delivery === "enrich") return 2 + items;
  const { topics = [], inboxes = [] } = policy.exclude;
  return items > 0 || topics.length > 0 || inboxes.length > 0 || namesBotsByAddress(policy) ? 1 + items : 0;
}
