/**
 * Warnings of a plan's refresh. The provider remembers what Gladly never shows: it warns of an edit at every plan until the
 * secrets are handed over again, also where the plan has nothing to do.
 */
import type { FindingId } from "../../report/catalogue";
import { found } from "../../report/finding";
import { code } from "../../report/report";
import { goneSummary, WEBHOOK_WARNINGS } from "../../vendors/gladly/webhook-changes";
import type { DriftContext } from "./context";
import { credentialsAddedTo, editedUnseen, headersChanged } from "./judge-webhook-secrets";
import type { PlanWarning, StackFinding } from "./observation";

/** What the plan's differences say already; a webhook that the code disables too needs no finding. */
const REPORTED_BY: Readonly<Record<string, readonly FindingId[] | "always">> = {
  [WEBHOOK_WARNINGS.offByGladly]: "always",
  [WEBHOOK_WARNINGS.offByHand]: "always",
  [WEBHOOK_WARNINGS.credentialsRemoved]: "always",
  [WEBHOOK_WARNINGS.credentialsAdded]: ["outside-webhook-credentials-added"],
  [WEBHOOK_WARNINGS.headers]: ["outside-webhook-headers"],
  [goneSummary("webhook")]: ["outside-webhook-deleted"],
  [goneSummary("topic")]: ["outside-topic-gone"],
  // An apply that sets removed credentials again hands the password over.
  [WEBHOOK_WARNINGS.edited]: ["outside-webhook-edited", "outside-webhook-credentials-removed"],
};

/** @param reported what the plan's differences say */
export function warningFindings(
  warnings: readonly PlanWarning[],
  reported: readonly StackFinding[],
  context: DriftContext,
): readonly StackFinding[] {
  return warnings.flatMap((warning) => {
    const { address, summary } = warning;
    if (address === undefined) return [];
    const ids = REPORTED_BY[summary] ?? [];
    const known = ids === "always" || reported.some(({ finding }) => isAbout(address, ids, finding));
    return known ? [] : [warningFinding(address, warning, context)];
  });
}

function isAbout(
  address: string,
  ids: readonly FindingId[],
  finding: { readonly id: string; readonly resource?: string },
): boolean {
  return finding.resource === address && ids.some((id) => id === finding.id);
}

function warningFinding(address: string, { summary, detail }: PlanWarning, context: DriftContext): StackFinding {
  const { environment } = context;
  const difference = { address };
  const name = code(environment?.webhookName ?? address);
  const time = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(detail)?.[0];
  if (summary === WEBHOOK_WARNINGS.edited && environment !== undefined) {
    const shown = "No apply has set our password since then: the user name or password may still be another one.";
    return editedUnseen(difference, { environment, context, name }, time, { shown });
  }
  if (summary === WEBHOOK_WARNINGS.credentialsAdded) return credentialsAddedTo(difference, name, time);
  if (summary === WEBHOOK_WARNINGS.headers) {
    return headersChanged(difference, name, time, { what: "The headers still differ from those of the last apply." });
  }
  const finding = found("plan-warning", { title: `Terraform warns: ${summary}`, detail, resource: address });
  return { kind: "none", finding };
}
