/**
 * Which closes an environment leaves out: the part of the policy that says how conversations end without a customer worth
 * asking. Each setting answers a question of the business; without it nothing is left out.
 */
import * as z from "zod/mini";
import { strict, text } from "./checked";

const names = () => z.array(text(), { error: "must be a list" });
const yesOrNo = () => z.boolean({ error: "must be true or false" });

/** Days, the longest look back at a customer's last message. */
const MOST_DAYS = 365;
/** Minutes in a day: the longest delay. */
const MOST_MINUTES = 1440;

function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.number({ error }).check(z.int({ error }), z.gte(least, { error }), z.lte(most, { error }));
}

/** `policy.exclude` as it is written in an environment file. Unknown settings are refused. */
export const ExcludeSchema = strict({
  /**
   * Which topics mean "do not ask", besides the do-not-send topic? By id or name, compared exactly: spam, test, internal.
   * With `enrich` they are treated as `doNotSend` says; with `forward` nothing is sent. @default []
   */
  topics: z.optional(names()),
  /** Which inboxes are never surveyed? By id or name, compared exactly. @default [] */
  inboxes: z.optional(names()),
  /**
   * Whose closes are not a person's? By the type of Gladly's `initiator` (`API`, `AUTOMATION`, `SYSTEM`, `CUSTOMER`, and
   * what Gladly may add) or by its id: closes by rules, by a program, by an erasure run. @default []
   */
  closedBy: z.optional(names()),
  /** Leave out conversations in which no agent wrote, called or answered a call? @default false */
  withoutAgentMessage: z.optional(yesOrNo()),
  /** Leave out conversations that an agent started? @default false */
  startedByAgent: z.optional(yesOrNo()),
  /** Leave out conversations whose customer wrote last more than so many days before the close? 1 to 365. */
  customerSilentDays: z.optional(whole(1, MOST_DAYS)),
});

/**
 * How long to wait after a close, in minutes, 0 to 1,440: a reopening or a new message meanwhile cancels the survey.
 * A relay can only wait: Stella has no field for it.
 */
export const DelaySchema = whole(0, MOST_MINUTES);
