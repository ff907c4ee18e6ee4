/**
 * Which closes an environment excludes: closes for which a survey makes no sense. Each setting is a business decision. By
 * default nothing is excluded.
 */
import * as z from "zod/mini";
import { strict, text } from "./checked";

const names = () => z.array(text(), { error: "must be a list" });
const yesOrNo = () => z.boolean({ error: "must be true or false" });

/** Maximum age of a customer's last message, in days. */
const MOST_DAYS = 365;
/** The longest delay: a day, in minutes. */
const MOST_MINUTES = 1440;

function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.number({ error }).check(z.int({ error }), z.gte(least, { error }), z.lte(most, { error }));
}

/** `policy.exclude` in an environment file. Unknown settings are refused. */
export const ExcludeSchema = strict({
  /**
   * Which topics, besides the do-not-send topic, mean "no survey"? By id or exact name, such as spam, test, internal. With
   * `enrich` they are treated as `doNotSend` says. With `forward` nothing is sent. @default []
   */
  topics: z.optional(names()),
  /** Which inboxes get no surveys? By id or exact name. @default [] */
  inboxes: z.optional(names()),
  /**
   * Who or what closes conversations that get no survey? The type of Gladly's `initiator` (`API`, `AUTOMATION`, `SYSTEM`,
   * `CUSTOMER`, or a new one) or its id: rules, programs, erasure runs, an agent. @default []
   */
  closedBy: z.optional(names()),
  /** Exclude conversations in which no agent wrote, called or answered a call? @default false */
  withoutAgentMessage: z.optional(yesOrNo()),
  /** Exclude conversations that an agent started? @default false */
  startedByAgent: z.optional(yesOrNo()),
  /** Exclude conversations in which the customer's last message is more than this many days before the close. 1 to 365. */
  customerSilentDays: z.optional(whole(1, MOST_DAYS)),
});

/**
 * Wait after a close, in minutes, 0 to 1,440. A reopening or a new message in that time cancels the survey. The relay itself
 * must wait, because Stella has no field for it.
 */
export const DelaySchema = whole(0, MOST_MINUTES);
