/**
 * What the relay does with a closed conversation: the part of an environment file that the business decides.
 *
 * The environment file, the relay's configuration and the state keep what was written (`PolicySchema`), so that a review
 * shows only what an environment wants different. The relay reads it with every default filled in (`RelayPolicy`).
 */
import * as z from "zod/mini";
import { DEFAULT_OTHER_CHANNEL, DEFAULT_STELLA_CHANNELS, GLADLY_CHANNELS, type GladlyChannel } from "./channels";
import { oneOf, strict, text } from "./checked";
import type { RelayDelivery } from "./delivery";
import { DelaySchema, ExcludeSchema } from "./exclude";
import { LEDGER_DAYS } from "./time-limits";

const yesOrNo = () => z.boolean({ error: "must be true or false" });

/** A link whose only braces are those two. A dollar before a brace would be Terraform's own template. */
const LINK = /^https?:\/\/([^{}]|(?<![$%])\{(conversationId|customerId)\})+$/;

/** A Stella channel, or `null` for "no survey about this channel". */
const stellaChannel = () => z.nullable(text());

/** `policy` as it is written in an environment file. Every setting is optional; unknown settings are refused. */
export const PolicySchema = strict({
  /**
   * What the do-not-send topic does with `enrich`: `record` sends the interaction with Stella's `do_not_send: true`, so
   * that Stella's counts stay right, which is the vendor's stated purpose (docs/vendors/stella-connect-api.md sections 8 and 10); `skip`
   * sends nothing. With `forward` Stella reads the topic itself. @default "record"
   */
  doNotSend: z.optional(oneOf(["record", "skip"])),
  /**
   * When a request was sent and no answer came: `retry` tries again, at most three times in all, so that a customer may get
   * three surveys; `park` leaves it to a person. Stella has no idempotency key. @default "retry"
   */
  ambiguous: z.optional(oneOf(["retry", "park"])),
  /** Gladly agents that are bots, by id or e-mail address: no survey about them. @default [] */
  bots: z.optional(z.array(text(), { error: "must be a list" })),
  /**
   * Gladly's channel to Stella's; `null` leaves a channel out. Entries given here replace the default ones.
   * @default phone, chat or email, whichever is nearest
   */
  channels: z.optional(
    z.partialRecord(oneOf(GLADLY_CHANNELS), stellaChannel(), {
      error: `must give Stella's channel for some of Gladly's: ${GLADLY_CHANNELS.join(", ")}`,
    }),
  ),
  /** Stella channel of a conversation whose own channel is not known; `null` leaves it out. @default "chat" */
  otherChannel: z.optional(stellaChannel()),
  /** Needed by Stella only where the company has several brands. */
  brand: z.optional(text()),
  /** ISO 639-1, with an optional region; needed by Stella only where several languages are active. */
  language: z.optional(text()),
  /** One survey for a conversation however often it is reopened and closed. @default false */
  oncePerConversation: z.optional(yesOrNo()),
  /** What becomes a tag of the survey. @default ["topics"] */
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
   * Puts survey answers on the customer's timeline in Gladly, in production. Leave it off where Stella does so itself,
   * which it does where it holds a Gladly token: each answer would be there twice. Gladly's CSAT report may not count these items. @default false
   */
  feedback: z.optional(yesOrNo()),
  /** Which closes are left out, by how the conversation began, went on and was closed. @default none */
  exclude: z.optional(ExcludeSchema),
  /**
   * Minutes to wait after a close before asking, 0 to 1,440: a reopening or a new message meanwhile cancels the survey.
   * @default 0
   */
  delay: z.optional(DelaySchema),
  /**
   * Stands for the name of a customer without one, whom Stella may refuse; `null` leaves such customers out.
   * @default "Customer"
   */
  missingName: z.optional(z.nullable(text())),
  /**
   * Days for which the relay keeps the record of a conversation after its last change, and on one machine a parked event
   * with its body; 7 to 3,650. After that it does not know that the conversation was surveyed, but for what
   * `oncePerConversation` keeps for a year. On AWS a parked event goes after 14 days at the latest. @default 35
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

/** A policy as it is written: what is left out has the relay's default. */
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
 * Whether a decision needs to know Gladly's channel. It costs a read of the whole conversation, or an event for each
 * contact, which a policy that maps every channel alike can save.
 */
export function needsChannel(policy: Pick<RelayPolicy, "channels" | "otherChannel">): boolean {
  return new Set([...Object.values(policy.channels), policy.otherChannel]).size > 1;
}

/** Whether a decision depends on who wrote what and when. It costs a read of the whole conversation. */
export function needsMessages({ exclude, delay }: Pick<RelayPolicy, "exclude" | "delay">): boolean {
  const { withoutAgentMessage, startedByAgent, customerSilentDays } = exclude;
  return delay > 0 || withoutAgentMessage === true || startedByAgent === true || customerSilentDays !== undefined;
}

/** Whether a bot is named by its e-mail address, which no event tells. */
export function namesBotsByAddress({ bots }: Pick<RelayPolicy, "bots">): boolean {
  return bots.some((bot) => bot.includes("@"));
}

/**
 * Reads of Gladly for one close while agents, topics and inboxes are cached. With `forward` there are none unless the
 * policy asks for something that the event does not tell.
 */
export function readsPerClose(delivery: RelayDelivery, policy: RelayPolicy): number {
  const items = needsMessages(policy) ? 1 : 0;
  if (delivery === "enrich") return 2 + items;
  const { topics = [], inboxes = [] } = policy.exclude;
  return items > 0 || topics.length > 0 || inboxes.length > 0 || namesBotsByAddress(policy) ? 1 + items : 0;
}
