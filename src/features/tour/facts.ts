/** What a tour saw happen: the result of `npm start`, and the object that `npm start -- --json` prints. */
import type { SurveyMode } from "../../contract/survey-mode";

/** A survey that Stella Connect took and sent off. */
export interface SurveySeen {
  readonly conversation: string;
  readonly customer: string;
  readonly mode: SurveyMode;
  /** The address the survey went to. */
  readonly recipient: string;
}

/** A closed conversation that ended in no survey. */
export interface NotSent {
  readonly conversation: string;
  readonly customer: string;
  readonly reason: string;
  /** Whether it was still reported to Stella Connect, so that its counts stay correct. */
  readonly recorded: boolean;
}

/** One planned change, as `terraform show -json` has it. */
export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
  /** What of an existing resource changes: `input.surveyMode: "test" -> "production"`. */
  readonly changed: readonly string[];
}

export interface TourFacts {
  /** Whether apply made the webhook and the topic, seen in Gladly, and the plan after it had no changes. */
  readonly applied: boolean;
  readonly resources: readonly PlannedChange[];
  readonly surveys: readonly SurveySeen[];
  readonly notSent: readonly NotSent[];
  readonly duplicatesDropped: number;
  readonly goLive: {
    /** The change of the environment file, as a unified diff. */
    readonly diff: string;
    readonly planned: readonly PlannedChange[];
    /** Ids of what the review of the plan found; docs/review.md explains each. */
    readonly review: readonly string[];
    /** Where the first survey after going live went. */
    readonly recipient: string;
    /** Whether the way back, the same word again, was applied as well. */
    readonly reverted: boolean;
  };
  readonly drift: {
    readonly detected: boolean;
    /** As in `relay drift`. */
    readonly cause: string;
    readonly healed: boolean;
  };
}
