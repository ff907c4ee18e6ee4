/**
 * The relay's configuration: one JSON document, in Terraform's state on one machine and in the functions' environment on
 * AWS. The stacks write it, and the relay reads it. It contains no secret.
 */
import * as z from "zod/mini";
import { oneOf, strict, text } from "./checked";
import { ConfigurationUnusable } from "./configuration-unusable";
import { RELAY_DELIVERIES } from "./delivery";
import { parsedJson } from "./json";
import { RelayPolicy } from "./policy";
import { SURVEY_MODES } from "./survey-mode";

/** Requests per second that Gladly allows an organization, unless another limit was agreed. */
export const GLADLY_REQUESTS_PER_SECOND = 10;

/** The Terraform resource with the document on one machine. The relay reads it by this address. */
export const APPLIED_CONFIGURATION = { type: "terraform_data", name: "relay_configuration" } as const;

const Address = z.url({ protocol: /^https?$/, error: "must be an http or https address" });

/**
 * The schema of the document. Unknown settings are refused, so that a misspelt one is not ignored.
 *
 * @example
 * ```ts
 * const configuration = parseConfiguration(text, "RELAY_CONFIGURATION");
 * ```
 */
export const RelayConfiguration = strict({
  version: z.literal(1, { error: "must be 1" }),
  environment: text(),
  /** Which of Stella's two keys is used. Only the key decides where surveys go. */
  surveyMode: oneOf(SURVEY_MODES),
  /** With `direct` there is no relay: Gladly posts to Stella itself. */
  delivery: oneOf(RELAY_DELIVERIES),
  gladly: strict({
    url: Address,
    user: text(),
    /** This process's share of the organization's requests a second, more than 0 and at most 100. @default 10 */
    requestsPerSecond: z._default(
      z
        .number({ error: "must be a number" })
        .check(z.positive({ error: "must be more than 0" }), z.lte(100, { error: "must be at most 100" })),
      GLADLY_REQUESTS_PER_SECOND,
    ),
  }),
  stella: strict({ url: Address }),
  webhook: strict({
    username: text(),
    /** Where Gladly posts to. With it the relay finds its own webhook when it checks whether it is switched on. */
    url: z.optional(Address),
  }),
  /** Exact name of the Gladly topic that stops a survey. */
  doNotSendTopic: text(),
  /** Its id, which does not change when it is renamed. Absent in configurations that are older than this setting. */
  doNotSendTopicId: z.optional(text()),
  policy: z._default(RelayPolicy, RelayPolicy.parse({})),
});
export type RelayConfiguration = z.infer<typeof RelayConfiguration>;
/** The document as the stacks write it. Settings with a default are optional. */
export type RelayConfigurationInput = z.input<typeof RelayConfiguration>;

export { ConfigurationUnusable };

/**
 * Reads the document.
 *
 * @param origin the document's source, for the message
 * @throws ConfigurationUnusable with every error by path
 */
export function parseConfiguration(text: string, origin: string): RelayConfiguration {
  const json = parsedJson(text);
  if (json === undefined)
    throw new ConfigurationUnusable(`${origin} is not JSON; run \`npx cdktf apply\` to have it written again`);
  const parsed = RelayConfiguration.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ConfigurationUnusable(
    `${origin} is not a relay configuration of version 1; run \`npx cdktf apply\` to have it written again:\n` +
      z.prettifyError(parsed.error),
  );
}
