/**
 * What the relay is told from outside: one JSON document, in Terraform's state on one machine and in
 * the functions' environment on AWS. It holds no secret: those have their own port (`Secrets` in `ports.ts`).
 *
 * Every policy field has a default, so that an environment file names only what it wants different.
 */
import * as z from "zod/mini";

/** Gladly's channels, by the names of its CONTACT events (docs/vendors/gladly-api.md section 7.5) and the AI voice of section 10. */
export const GLADLY_CHANNELS = [
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
export type GladlyChannel = (typeof GLADLY_CHANNELS)[number];

/** Stella's three channels that exist without set-up are `phone`, `chat` and `email` (docs/vendors/stella-connect-api.md section 4). */
const DEFAULT_CHANNELS: Readonly<Record<GladlyChannel, string>> = {
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

const text = () =>
  z.string({ error: "expected text" }).check(z.minLength(1, { error: "expected text that is not empty" }));

/** An enumeration whose error names what is allowed: `zod/mini` carries no messages of its own. */
function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `expected one of: ${values.join(", ")}` });
}

/** An object that takes no other fields and names those that it was given. */
function strict<T extends Parameters<typeof z.strictObject>[0]>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `unknown field ${issue.keys.join(", ")}` : "expected an object",
  });
}

/** An address whose only braces are those two. A dollar before a brace would be Terraform's own template. */
const LINK = /^https?:\/\/([^{}]|(?<![$%])\{(conversationId|customerId)\})+$/;

/** A Stella channel, or `null` for "no survey about this channel". */
const StellaChannel = z.nullable(text());

const Channels = z.pipe(
  z.partialRecord(oneOf(GLADLY_CHANNELS), StellaChannel, {
    error: `expected Gladly channels: ${GLADLY_CHANNELS.join(", ")}`,
  }),
  z.transform(
    (given): Readonly<Record<GladlyChannel, string | null>> => ({
      ...DEFAULT_CHANNELS,
      ...Object.fromEntries(Object.entries(given).filter(([, channel]) => channel !== undefined)),
    }),
  ),
);

export const RelayPolicy = strict({
  /**
   * What the do-not-send topic does with `enrich`: `record` sends the interaction with Stella's `do_not_send: true`, so
   * that counts stay right, which is the vendor's stated purpose (docs/vendors/stella-connect-api.md sections 8 and 10); `skip` sends
   * nothing. With `forward` Stella reads the topic itself. @default "record"
   */
  doNotSend: z._default(oneOf(["record", "skip"]), "record"),
  /**
   * When a request left and no answer came: `retry` tries again, at most three times in all, and may ask a customer
   * twice; `park` leaves it to a person. Stella has no idempotency key. @default "retry"
   */
  ambiguous: z._default(oneOf(["retry", "park"]), "retry"),
  /** Gladly agents that are not people, by id or e-mail address: no survey about them. @default [] */
  bots: z._default(z.array(text()), []),
  /** Gladly's channel to Stella's; `null` leaves a channel out. Entries given here replace the default ones. */
  channels: z._default(Channels, { ...DEFAULT_CHANNELS }),
  /** Stella channel of a conversation whose own channel cannot be told; `null` leaves it out. @default "chat" */
  otherChannel: z._default(StellaChannel, "chat"),
  /** Needed by Stella only where the company has several brands. */
  brand: z.optional(text()),
  /** ISO 639-1, with an optional region; needed by Stella only where several languages are active. */
  language: z.optional(text()),
  /** One survey for a conversation however often it is reopened and closed. @default false */
  oncePerConversation: z._default(z.boolean(), false),
  /** What becomes a tag of the survey. @default ["topics"] */
  tags: z._default(z.array(oneOf(["topics", "inbox"])), ["topics"]),
  /** Link back, with `{conversationId}` and `{customerId}` filled in. */
  externalUrl: z.optional(
    z
      .string({ error: "expected text" })
      .check(
        z.regex(LINK, { error: "expected an http or https address; in braces only {conversationId} and {customerId}" }),
      ),
  ),
  /**
   * Whether the relay puts survey answers on the customer's timeline in Gladly. Stella does that itself where it holds a
   * Gladly token, and then it must be off: each answer would be there twice. @default false
   */
  feedback: z._default(z.boolean({ error: "expected true or false" }), false),
});
export type RelayPolicy = z.infer<typeof RelayPolicy>;

const Address = z.url({ protocol: /^https?$/, error: "expected an http or https address" });

export const RelayConfiguration = strict({
  version: z.literal(1, { error: "expected 1" }),
  environment: text(),
  /** Which of Stella's two keys is used; the key alone decides where surveys go. */
  surveyMode: oneOf(["test", "production"]),
  /** `direct` is no relay's business: Gladly then posts to Stella itself. */
  delivery: oneOf(["forward", "enrich"]),
  gladly: strict({
    url: Address,
    user: text(),
    /** This process's share of the organization's 10 requests a second. @default 10 */
    requestsPerSecond: z._default(z.number().check(z.positive(), z.lte(100)), 10),
  }),
  stella: strict({ url: Address }),
  webhook: strict({
    username: text(),
    /** Where Gladly posts to: tells our webhook from others when the relay looks whether it is switched on. */
    url: z.optional(Address),
  }),
  /** Name of the Gladly topic that stops a survey; compared exactly. */
  doNotSendTopic: text(),
  policy: z._default(RelayPolicy, RelayPolicy.parse({})),
});
export type RelayConfiguration = z.infer<typeof RelayConfiguration>;
export type RelayConfigurationInput = z.input<typeof RelayConfiguration>;

/** The document is missing, is not JSON, or says something the relay does not know. */
export class ConfigurationUnusable extends Error {
  override readonly name = "ConfigurationUnusable";
}

/**
 * Reads the document.
 *
 * @param origin where it came from, for the message
 * @throws ConfigurationUnusable naming every fault by path
 */
export function parseConfiguration(text: string, origin: string): RelayConfiguration {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigurationUnusable(`${origin} is not JSON; run \`npx cdktf apply\` to have it written anew`);
  }
  const parsed = RelayConfiguration.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ConfigurationUnusable(
    `${origin} is not a relay configuration of version 1; run \`npx cdktf apply\` to have it written anew:\n` +
      z.prettifyError(parsed.error),
  );
}
