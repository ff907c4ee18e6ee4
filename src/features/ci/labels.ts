/** The labels that a review sets on a pull request and takes off again. Labels of other names are never touched. */
import type { FindingId } from "../../report/catalogue";

export interface Label {
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  /** At most 100 characters, as GitHub has it. */
  readonly description: string;
}

const ON_REVIEWS = [
  { name: "surveys:customers", color: "b60205", description: "Goes live: surveys go to customers once it is applied" },
  { name: "surveys:test", color: "fbca04", description: "Surveys go to the test address again once it is applied" },
  { name: "events-at-risk", color: "b60205", description: "Closed conversations may go unnoticed or be forgotten" },
  { name: "changed-outside", color: "d93f0b", description: "Somebody changed something outside of the code" },
  {
    name: "plan-failed",
    color: "000000",
    description: "An environment could not be planned: its changes are not reviewed",
  },
  { name: "no-changes", color: "0e8a16", description: "Applying it changes nothing" },
] as const satisfies readonly Label[];
type ReviewLabel = (typeof ON_REVIEWS)[number]["name"];

/** The label of the issues that tell of drift. */
export const DRIFT_LABEL = "drift";

/** Every label of ours, as it is made where a repository does not have it. */
export const LABELS: readonly Label[] = [
  ...ON_REVIEWS,
  { name: DRIFT_LABEL, color: "d93f0b", description: "The world is not as the code says" },
];

/** Those that a review decides on. */
export const REVIEW_LABELS: readonly ReviewLabel[] = ON_REVIEWS.map(({ name }) => name);

const AT_RISK: readonly FindingId[] = [
  "everything-destroyed",
  "webhook-deleted",
  "webhook-replaced",
  "webhook-switched-off",
  "webhook-events-lost",
  "event-queue-lost",
  "parked-queue-lost",
  "ledger-lost",
  "secret-lost",
  "function-lost",
  "feed-lost",
  "endpoint-lost",
  "domain-changed",
  "outside-webhook-off",
  "outside-webhook-gone",
];
const OUTSIDE: readonly FindingId[] = [
  "outside-webhook-off",
  "outside-webhook-gone",
  "outside-webhook-changed",
  "outside-topic-changed",
  "outside-changed",
];

export interface Outcome {
  /** Ids of what the review found. */
  readonly findings: readonly string[];
  /** Whether applying any of the plans changes anything. */
  readonly changes: boolean;
  /** Environments that could not be planned. */
  readonly notPlanned: readonly string[];
  /** Environments whose file the change takes away. */
  readonly removed: readonly string[];
}

/** The labels that an outcome calls for. */
export function labelsOf({ findings, changes, notPlanned, removed }: Outcome): readonly ReviewLabel[] {
  const has = (...ids: readonly FindingId[]) => ids.some((id) => findings.includes(id));
  const called: Readonly<Record<ReviewLabel, boolean>> = {
    "surveys:customers": has("survey-mode-production"),
    "surveys:test": has("survey-mode-test"),
    "events-at-risk": has(...AT_RISK),
    "changed-outside": has(...OUTSIDE),
    "plan-failed": notPlanned.length > 0 || has("plan-errored"),
    "no-changes": !changes && notPlanned.length === 0 && removed.length === 0,
  };
  return REVIEW_LABELS.filter((name) => called[name]);
}
