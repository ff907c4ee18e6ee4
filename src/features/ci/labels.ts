/** The labels that a review adds to a pull request and removes again. Other labels are never touched. */
import type { FindingId } from "../../report/catalogue";

export interface Label {
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  /** At most 100 characters, GitHub's limit. */
  readonly description: string;
}

const ON_REVIEWS = [
  { name: "surveys:customers", color: "b60205", description: "Goes live: surveys go to customers once it is applied" },
  { name: "surveys:test", color: "fbca04", description: "Surveys go to the test address again once it is applied" },
  { name: "events-at-risk", color: "b60205", description: "Closed conversations may be lost" },
  { name: "changed-outside", color: "d93f0b", description: "Something was changed outside of Terraform" },
  {
    name: "plan-failed",
    color: "000000",
    description: "An environment could not be planned: its changes are not reviewed",
  },
  { name: "no-changes", color: "0e8a16", description: "Applying it changes nothing" },
] as const satisfies readonly Label[];
type ReviewLabel = (typeof ON_REVIEWS)[number]["name"];

/** The label of issues about drift. */
export const DRIFT_LABEL = "drift";

/** Every label. Missing ones are created with these colours and descriptions. */
export const LABELS: readonly Label[] = [
  ...ON_REVIEWS,
  { name: DRIFT_LABEL, color: "d93f0b", description: "Live settings differ from the last apply" },
];

/** The labels that a review sets and removes. */
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
  "webhook-left-behind",
  "gladly-organization-left",
  "aws-account-changed",
  "relay-left-behind",
  "outside-webhook-off",
  "outside-webhook-off-by-gladly",
  "outside-webhook-deleted",
  "outside-webhook-closes-removed",
];

export interface ReviewSummary {
  /** Ids of the review's findings. */
  readonly findings: readonly string[];
  /** Whether applying any of the plans changes anything. */
  readonly changes: boolean;
  /** Environments that could not be planned. */
  readonly notPlanned: readonly string[];
  /** Environments whose file the change removes. */
  readonly removed: readonly string[];
}

/** The labels for the result of a review. */
export function labelsOf({ findings, changes, notPlanned, removed }: ReviewSummary): readonly ReviewLabel[] {
  const has = (...ids: readonly FindingId[]) => ids.some((id) => findings.includes(id));
  const called: Readonly<Record<ReviewLabel, boolean>> = {
    "surveys:customers": has("survey-mode-production"),
    "surveys:test": has("survey-mode-test"),
    "events-at-risk": has(...AT_RISK),
    "changed-outside": findings.some((id) => id.startsWith("outside-")),
    "plan-failed": notPlanned.length > 0 || has("plan-errored", "plan-not-understood"),
    "no-changes": !changes && notPlanned.length === 0 && removed.length === 0,
  };
  return REVIEW_LABELS.filter((name) => called[name]);
}
