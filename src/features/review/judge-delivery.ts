/** Which way a closed conversation takes, and whose accounts are at its ends. */
import type { Delivery } from "../../contract/delivery";
import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import type { ChangeSet } from "./change-set";

const MEANS: Readonly<Record<Delivery, string>> = {
  direct:
    "Gladly posts to Stella Connect itself. Nothing is stored in between, nobody drops duplicates, nothing is fetched again after an outage, and `relay explain` knows nothing.",
  forward: "The relay stores each event, drops duplicates and passes the event on to Stella Connect, which decides.",
  enrich:
    "The relay reads the conversation, its customer and its agent, decides, and asks Stella Connect for the survey.",
};

export function deliveryFindings({ delivery, settings, changes }: ChangeSet): readonly Found[] {
  const { before, after } = delivery;
  const findings: Found[] = [];
  if (before !== undefined && after !== undefined && before !== after) {
    const webhook = changes.find(({ type }) => type === "gladly_webhook")?.address;
    findings.push(
      found("delivery-changed", {
        ...(webhook === undefined ? {} : { resource: webhook }),
        title: `Closed conversations are delivered by ${code(after)} instead of ${code(before)}`,
        ...wordsFor(before, after, settings.after !== undefined),
      }),
    );
  }
  return [...findings, ...endsOf(settings)];
}

/** @param stays whether a relay is there afterwards: one that is drained is */
function wordsFor(before: Delivery, after: Delivery, stays: boolean): Pick<Found, "detail" | "remedy"> {
  if (after !== "direct") {
    return {
      detail: MEANS[after],
      remedy:
        "Events are decided about by other rules from the moment of the apply: compare with `relay preview` first.",
    };
  }
  if (stays) {
    return {
      detail: `${MEANS.direct} The relay stays and finishes what it has accepted.`,
      remedy: "When nothing is left in its queue, take `draining` out of the environment file (docs/adopt.md).",
    };
  }
  return {
    detail: `${MEANS.direct} The relay is taken away with everything that watches it, before the webhook moves.`,
    remedy: `Events that it accepted and has not finished are lost with it. Write ${code(`draining: "${before}"`)} beside the delivery, and it stays until it has finished (docs/adopt.md).`,
  };
}

function endsOf({ before, after }: ChangeSet["settings"]): readonly Found[] {
  if (before === undefined || after === undefined) return [];
  const findings: Found[] = [];
  if (before.gladlyUrl !== after.gladlyUrl || before.gladlyUser !== after.gladlyUser) {
    const what = before.gladlyUrl !== after.gladlyUrl ? "Gladly organization" : "user of Gladly";
    findings.push(
      found("gladly-changed", {
        resource: after.address,
        title: `The relay reads conversations from another ${what}`,
        detail: `From ${code(`${before.gladlyUser} at ${before.gladlyUrl}`)} to ${code(`${after.gladlyUser} at ${after.gladlyUrl}`)}. Each organization has its own token, webhooks and topics.`,
        remedy: "Put that user's API token first; without it no close can be looked up.",
      }),
    );
  }
  if (before.stellaUrl !== after.stellaUrl) {
    findings.push(
      found("stella-changed", {
        resource: after.address,
        title: "Surveys are asked for at another address",
        detail: `Stella Connect was at ${code(String(before.stellaUrl))} and is to be at ${code(String(after.stellaUrl))}. Its keys go there with every request.`,
      }),
    );
  }
  return findings;
}
