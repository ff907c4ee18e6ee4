/** How closed conversations reach Stella Connect, and which accounts are at both ends. */
import type { Delivery } from "../../contract/delivery";
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { accountChanged, hasMoved, organizationLeft, relayLeftBehind } from "../drift/judge-organization";
import type { ChangeSet } from "./change-set";

const MEANS: Readonly<Record<Delivery, string>> = {
  direct:
    "Gladly posts to Stella Connect directly. Nothing stores events, drops duplicates or fetches missed events after an outage, and `relay explain` has no data.",
  forward: "The relay stores each event, drops duplicates and forwards the event to Stella Connect, which decides.",
  enrich:
    "The relay reads the conversation, its customer and its agent, decides, and requests the survey from Stella Connect.",
};

export function deliveryFindings({
  delivery,
  settings,
  changes,
  organizationMove,
  awsMove,
  relayLeft,
  all,
}: ChangeSet): readonly Finding[] {
  const { before, after } = delivery;
  const findings: Finding[] = [];
  if (before !== undefined && after !== undefined && before !== after) {
    const webhook = changes.find(({ type }) => type === "gladly_webhook")?.address;
    findings.push(
      found("delivery-changed", {
        ...(webhook === undefined ? {} : { resource: webhook }),
        title: `Closed conversations are delivered by ${code(after)} instead of ${code(before)}`,
        ...consequence(before, after, settings.after !== undefined),
      }),
    );
  }
  return [
    ...findings,
    ...(hasMoved(organizationMove) ? [organizationLeft(organizationMove, all)] : []),
    ...(hasMoved(awsMove) ? [accountChanged(awsMove)] : []),
    ...(hasMoved(relayLeft) ? [relayLeftBehind(relayLeft, all, hasMoved(organizationMove))] : []),
    ...endsOf(settings),
  ];
}

/** @param stays whether the relay exists afterwards, as it does while it drains */
function consequence(before: Delivery, after: Delivery, stays: boolean): Pick<Finding, "detail" | "remedy"> {
  if (after !== "direct") {
    return {
      detail: MEANS[after],
      remedy: "Other rules apply from the moment of the apply. Compare the result with `relay preview` first.",
    };
  }
  if (stays) {
    return {
      detail: `${MEANS.direct} The relay stays and finishes the events that it accepted.`,
      remedy: "When its queue is empty, remove `draining` from the environment file (docs/adopt.md).",
    };
  }
  return {
    detail: `${MEANS.direct} The relay and its alarms are destroyed before the webhook moves.`,
    remedy: `Events that it accepted and has not finished are lost. To finish them first, add ${code(`draining: "${before}"`)} beside the delivery (docs/adopt.md).`,
  };
}

function endsOf({ before, after }: ChangeSet["settings"]): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  const findings: Finding[] = [];
  if (before.gladlyUrl !== after.gladlyUrl || before.gladlyUser !== after.gladlyUser) {
    const what = before.gladlyUrl !== after.gladlyUrl ? "Gladly organization" : "Gladly user";
    findings.push(
      found("gladly-changed", {
        resource: after.address,
        title: `The relay reads conversations from another ${what}`,
        detail: `It changes from ${code(`${before.gladlyUser} at ${before.gladlyUrl}`)} to ${code(`${after.gladlyUser} at ${after.gladlyUrl}`)}. Each organization has its own token, webhooks and topics.`,
        remedy: "Set that user's API token before the apply. Without it the relay cannot read conversations.",
      }),
    );
  }
  if (before.stellaUrl !== after.stellaUrl) {
    findings.push(
      found("stella-changed", {
        resource: after.address,
        title: "The relay requests surveys from another address",
        detail: `Requests go to ${code(String(after.stellaUrl))} instead of ${code(String(before.stellaUrl))}, with the Stella key.`,
      }),
    );
  }
  return findings;
}
