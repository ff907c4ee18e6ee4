/** Who gets the surveys (docs/vendors/stella-connect-api.md section 6). */

import { type Finding, found } from "../../report/finding";
import type { ChangeSet } from "./change-set";

export function surveyModeFindings({
  surveyMode,
  delivery,
  changes,
  destroys,
  settings,
}: ChangeSet): readonly Finding[] {
  const { before, after } = surveyMode;
  if (destroys || after === undefined || before === after || changes.length === 0) return [];
  const resource = delivery.after === "direct" ? webhookOf(changes) : settings.after?.address;
  const about = resource === undefined ? {} : { resource };
  if (after === "production") {
    return [
      found("survey-mode-production", {
        ...about,
        title: "Surveys go to customers",
        detail:
          `${delivery.after === "direct" ? "Gladly sends" : "The relay uses"} Stella Connect's production key` +
          `${before === undefined ? "" : " instead of the test key"}: after the apply each eligible close sends a survey to the customer, and answers are collected.`,
        remedy:
          "Check that Integrated Channel is enabled in Stella Connect before the apply. Until then Stella refuses every survey with “Channel is in manual mode”.",
      }),
    ];
  }
  if (before === undefined) return [];
  return [
    found("survey-mode-test", {
      ...about,
      title: "Customers stop getting surveys",
      detail:
        "Stella Connect's test key replaces the production key: every survey goes to the company's test address, and no answer is collected.",
    }),
  ];
}

function webhookOf(changes: ChangeSet["changes"]): string | undefined {
  return changes.find(({ type }) => type === "gladly_webhook")?.address;
}
