/**
 * What the relay does with a closed conversation: the part of an environment file that the business decides.
 *
 * Every setting may be left out; the relay's own schema (src/relay/configuration.ts) fills in the defaults named here, so
 * that what is written and reviewed is only what an environment wants different. Both schemas are held to accept and
 * refuse the same by test/environment/policy.test.ts.
 */
import { z } from "zod";

/** Gladly's channels, by the names of its CONTACT events (docs/vendors/gladly-api.md sections 7.5 and 10). */
const GLADLY_CHANNELS = [
  "CHAT",
  "EMAIL",
  "FB_MESSENGER",
  "INSTAGRAM_DIRECT",
  "PHONE_CALL",
  "SMS",
  "TWITTER",
  "VOICEMAIL",
  "VOICE_AI",
  "WHATSAPP",
] as const;

/** Stella's channels for them, where an environment says nothing (docs/vendors/stella-connect-api.md section 4). */
const DEFAULT_CHANNELS: Readonly<Record<(typeof GLADLY_CHANNELS)[number], string>> = {
  CHAT: "chat",
  EMAIL: "email",
  FB_MESSENGER: "chat",
  INSTAGRAM_DIRECT: "chat",
  PHONE_CALL: "phone",
  SMS: "chat",
  TWITTER: "chat",
  VOICEMAIL: "phone",
  VOICE_AI: "phone",
  WHATSAPP: "chat",
};
const DEFAULT_OTHER_CHANNEL = "chat";

const text = () => z.string().min(1, "must not be empty");

/** An address whose only braces are those two. A dollar before a brace would be Terraform's own template. */
const LINK = /^https?:\/\/([^{}]|(?<![$%])\{(conversationId|customerId)\})+$/;

/** A Stella channel, or `null` for "no survey about this channel". */
const stellaChannel = text().nullable();

const channels = z.partialRecord(z.enum(GLADLY_CHANNELS), stellaChannel);

export const PolicySchema = z.strictObject({
  /**
   * What the do-not-send topic does with `enrich`: `record` tells Stella of the interaction without a survey, so that its
   * counts stay right; `skip` tells it nothing. @default "record"
   */
  doNotSend: z.enum(["record", "skip"]).optional(),
  /**
   * When a request left and no answer came: `retry` tries again, at most three times in all, and may ask a customer
   * twice; `park` leaves it to a person. @default "retry"
   */
  ambiguous: z.enum(["retry", "park"]).optional(),
  /** Gladly agents that are not people, by id or e-mail address: no survey about them. @default [] */
  bots: z.array(text()).optional(),
  /** Gladly's channel to Stella's; `null` leaves a channel out. @default phone, chat or email, whichever is nearest */
  channels: channels.optional(),
  /** Stella channel of a conversation whose own channel cannot be told; `null` leaves it out. @default "chat" */
  otherChannel: stellaChannel.optional(),
  /** Needed by Stella only where the company has several brands. */
  brand: text().optional(),
  /** ISO 639-1, with an optional region; needed by Stella only where several languages are active. */
  language: text().optional(),
  /** One survey for a conversation however often it is reopened and closed. @default false */
  oncePerConversation: z.boolean().optional(),
  /** What becomes a tag of the survey. @default ["topics"] */
  tags: z.array(z.enum(["topics", "inbox"])).optional(),
  /** Link back, with `{conversationId}` and `{customerId}` filled in. */
  externalUrl: z
    .string()
    .regex(LINK, "must be an http or https address; in braces only {conversationId} and {customerId}")
    .optional(),
  /**
   * Puts survey answers on the customer's timeline in Gladly, in production. Leave it off where Stella does so itself:
   * each answer would be there twice. @default false
   */
  feedback: z.boolean().optional(),
});

/** What an environment file says of the policy. */
export type Policy = z.output<typeof PolicySchema>;

/** The settings that a relay heeds which only forwards: Stella decides the rest itself. */
const HEEDED_BY_FORWARD: readonly string[] = ["ambiguous", "bots", "oncePerConversation"];

/** A setting that would do nothing. */
export interface IdleSetting {
  /** Its name; undefined for the policy as a whole. */
  readonly setting: string | undefined;
  readonly remedy: string;
}

/** What of a policy nothing heeds: a reviewer must not read a rule that does not hold. */
export function idleSettings(
  policy: Policy | undefined,
  delivery: "direct" | "forward" | "enrich",
): readonly IdleSetting[] {
  if (policy === undefined) return [];
  switch (delivery) {
    case "direct":
      return [
        {
          setting: undefined,
          remedy:
            'with delivery: "direct" Gladly posts to Stella itself, and nobody heeds a policy: take it out, or use ' +
            '"forward" or "enrich"',
        },
      ];
    case "forward":
      return Object.keys(policy)
        .filter((setting) => !HEEDED_BY_FORWARD.includes(setting))
        .map((setting) => ({
          setting,
          remedy: `with delivery: "forward" Stella decides this itself: take it out, or use delivery: "enrich"`,
        }));
    case "enrich":
      return [];
  }
}

/**
 * Whether the relay asks for the channel of each conversation: it then wants to be told of contacts as well, or it would
 * have to read the whole conversation. A policy that maps every channel alike asks for none, and neither does `forward`.
 */
export function asksForChannels(environment: {
  readonly delivery: "direct" | "forward" | "enrich";
  readonly policy?: Policy | undefined;
}): boolean {
  const { delivery, policy = {} } = environment;
  const { channels: given = {}, otherChannel = DEFAULT_OTHER_CHANNEL } = policy;
  return delivery === "enrich" && new Set([...Object.values({ ...DEFAULT_CHANNELS, ...given }), otherChannel]).size > 1;
}
