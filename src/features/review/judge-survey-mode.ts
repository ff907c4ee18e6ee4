/** Who gets the surveys: the one word that matters most (docs/vendors/stella-connect-api.md section 6). */

import { type Found, found } from "../../report/catalogue";
import type { ChangeSet } from "./change-set";

export function surveyModeFindings({ surveyMode, delivery, changes, destroys, settings }: ChangeSet): readonly Found[] {
  const { before, after } = surveyMode;
  if (destroys || after === undefined || before === after || changes.length === 0) return [];
  const resource = delivery.after === "direct" ? webhookOf(changes) : settings.after?.address;
  const about = resource === undefined ? {} : { resource };
  if (after === "production") {
    return [
      found("survey-mode-production", {
        ...about,
        title: "Surveys go to customers from now on",
        detail:
          `${before === undefined ? "The environment begins with" : delivery.after === "direct" ? "Gladly sends" : "The relay uses"} Stella Connect's production key` +
          `${before === undefined ? "" : " instead of the test key"}: each eligible close sends a survey to the customer, and answers are collected.`,
        remedy:
          "See that Integrated Channel is switched on in Stella Connect before this is applied: until then every survey is refused with “Channel is in manual mode”.",
      }),
    ];
  }
  if (before === undefined) return [];
  return [
    found("survey-mode-test", {
      ...about,
      title: "Customers get no surveys from now on",
      detail:
        "The test key is used instead of the production key: every survey goes to the company's test address, and no answer is collected.",
    }),
  ];
}

function webhookOf(changes: ChangeSet["changes"]): string | undefined {
  return changes.find(({ type }) => type === "gladly_webhook")?.address;
}
