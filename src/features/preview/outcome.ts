/** The outcome of one close in a preview, in values that reviewers and scripts can group by. */
import { z } from "zod";
import { PARK_REASONS, RECORD_REASONS, SKIP_REASONS, UNKNOWN_REASONS } from "../../relay/reasons";

/**
 * `left-to-stella`: with `direct` and `forward` Stella reads the conversation and decides. The reason is then an estimate with
 * the vendor's conditions (docs/vendors/stella-connect-api.md section 3).
 * `refused`: the relay requests the survey and Stella refuses it. The event is then parked, and for some hours the relay
 * requests no survey about that agent. `tried-again`: Gladly cannot say now what the decision depends on.
 */
export const OUTCOME_KINDS = [
  "survey-to-customer",
  "survey-to-test-address",
  "recorded",
  "left-to-stella",
  "refused",
  "skipped",
  "tried-again",
  "parked",
] as const;

export const OUTCOME_REASONS = [
  "eligible",
  ...RECORD_REASONS,
  /** The agent has no active profile in Stella. */
  "no-active-profile",
  /** Every condition that can be seen from here is met. */
  "survey-likely",
  /** The conversation has the do-not-send topic, which Stella itself reads. */
  "topic-likely",
  /** One of the vendor's conditions is not met. */
  "refusal-likely",
  ...SKIP_REASONS.filter((reason) => !RECORD_REASONS.some((recorded) => recorded === reason)),
  ...UNKNOWN_REASONS,
  ...PARK_REASONS,
] as const;
export type OutcomeReason = (typeof OUTCOME_REASONS)[number];

export const PreviewOutcome = z.object({ kind: z.enum(OUTCOME_KINDS), reason: z.enum(OUTCOME_REASONS) });
export type PreviewOutcome = Readonly<z.infer<typeof PreviewOutcome>>;

/** For grouping and sorting: by kind, from the customer's survey down, then by reason. */
export function outcomeOrder(outcome: PreviewOutcome): number {
  return OUTCOME_KINDS.indexOf(outcome.kind) * 100 + OUTCOME_REASONS.indexOf(outcome.reason);
}

export function isSameOutcome(one: PreviewOutcome, other: PreviewOutcome): boolean {
  return one.kind === other.kind && one.reason === other.reason;
}

/** Whether someone probably gets a survey. */
export function isSurvey({ kind, reason }: PreviewOutcome): boolean {
  return (
    kind === "survey-to-customer" ||
    kind === "survey-to-test-address" ||
    (kind === "left-to-stella" && reason === "survey-likely")
  );
}

/** An outcome in a reader's words. */
export function describeOutcome({ kind, reason }: PreviewOutcome): string {
  switch (kind) {
    case "survey-to-customer":
      return "survey to the customer";
    case "survey-to-test-address":
      return "survey to the test address";
    case "recorded":
      return `recorded without a survey (${reason})`;
    case "left-to-stella":
      return `left to Stella, ${LEFT_TO_STELLA[reason] ?? reason}`;
    case "refused":
      return "refused by Stella: the agent has no active profile";
    case "skipped":
      return `skipped: ${reason}`;
    case "tried-again":
      return `tried again: ${reason}`;
    case "parked":
      return `parked: ${reason}`;
    default:
      return kind satisfies never;
  }
}

const LEFT_TO_STELLA: Readonly<Partial<Record<OutcomeReason, string>>> = {
  "survey-likely": "probably a survey",
  "topic-likely": "probably no survey, for the topic",
  "refusal-likely": "probably refused",
};
