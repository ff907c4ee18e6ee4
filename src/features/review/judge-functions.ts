/** The three functions, what feeds the worker, and what wakes the watchdog. */

import { type Found, found } from "../../report/catalogue";
import { type Change, differs, number, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

const WITHOUT: Readonly<Record<string, string>> = {
  relay_ingest: "Nobody answers Gladly. After an hour of failed deliveries Gladly switches the webhook off.",
  relay_worker: "Accepted events wait in the queue, at most 14 days, and no survey is sent.",
  relay_watchdog: "Nobody notices a webhook that was switched off, and nobody fetches what was missed.",
};

export function functionFindings({ changes, destroys, relayLeaves }: ChangeSet): readonly Found[] {
  if (destroys || relayLeaves) return [];
  return changes.flatMap((change) => {
    switch (change.type) {
      case "aws_lambda_function":
        return ofFunction(change);
      case "aws_lambda_alias":
        return isLost(change) ? [lost(change, `The alias that callers of ${short(change)} use is destroyed`)] : [];
      case "aws_lambda_event_source_mapping":
        return ofFeed(change);
      case "aws_scheduler_schedule":
      case "aws_lambda_function_event_invoke_config":
        return ofSchedule(change);
      default:
        return [];
    }
  });
}

function ofFunction(change: Change): readonly Found[] {
  const resource = change.address;
  if (isLost(change))
    return [
      lost(change, `The function ${short(change)} is destroyed${change.action === "replace" ? " and made again" : ""}`),
    ];
  if (change.action !== "update") return [];
  const findings: Found[] = [];
  if (differs(change, "source_code_hash")) {
    findings.push(
      found("function-code", {
        resource,
        title: `The function ${short(change)} gets new code`,
        detail: "The plan does not show what it does differently; the pull request does.",
      }),
    );
  }
  const settings = [
    "runtime",
    "memory_size",
    "timeout",
    "handler",
    "architectures",
    "reserved_concurrent_executions",
    "layers",
  ];
  const changed = settings.filter((path) => differs(change, path));
  if (changed.length > 0) {
    findings.push(
      found("function-settings", {
        resource,
        title: `The function ${short(change)} runs differently: ${changed.map((path) => setting(change, path)).join(", ")}`,
        ...(changed.includes("reserved_concurrent_executions") &&
        number(change.after, "reserved_concurrent_executions") === 0
          ? { detail: "With none at once it never runs." }
          : {}),
      }),
    );
  }
  return findings;
}

function setting(change: Change, path: string): string {
  const { before = "nothing", after = "nothing" } =
    change.differences.find((one) => one.path.split("[")[0] === path) ?? {};
  return `${path.replaceAll("_", " ")} ${before} to ${after}`;
}

function ofFeed(change: Change): readonly Found[] {
  const resource = change.address;
  const off = at(change.before, "enabled") === true && at(change.after, "enabled") === false;
  if (isLost(change) || off) {
    return [
      found("feed-lost", {
        resource,
        title: "Accepted events no longer reach the worker",
        detail: `${change.action === "replace" ? "It is made again at once. " : ""}They wait in the queue meanwhile, at most 14 days.`,
      }),
    ];
  }
  const most = (side: object) => number(side, "scaling_config", 0, "maximum_concurrency");
  const [before, after] = [most(change.before), most(change.after)];
  if (change.action !== "update" || before === undefined || after === undefined || before === after) return [];
  const title = `${after} batches of events are worked on at once instead of ${before}`;
  return after < before
    ? [
        found("concurrency-lowered", {
          resource,
          title,
          detail: "After an outage the backlog takes longer, and surveys come later.",
        }),
      ]
    : [
        found("concurrency-raised", {
          resource,
          title,
          detail: "Gladly answers 10 requests a second for the whole organization, however many there are.",
        }),
      ];
}

function ofSchedule(change: Change): readonly Found[] {
  const relevant = isLost(change) || ["schedule_expression", "state", "target"].some((path) => differs(change, path));
  if (!relevant || change.action === "create") return [];
  const rate = text(change.after, "schedule_expression");
  return [
    found("watchdog-changed", {
      resource: change.address,
      title: isLost(change)
        ? "Nothing wakes the watchdog any more"
        : `The watchdog is woken differently${rate === undefined ? "" : `: ${rate}`}`,
      detail: WITHOUT.relay_watchdog ?? "",
    }),
  ];
}

function lost(change: Change, title: string): Found {
  return found("function-lost", {
    resource: change.address,
    title,
    detail: WITHOUT[change.name.replace(/_alias$/, "")] ?? "What it did stops.",
  });
}

export function isLost({ action }: Change): boolean {
  return action === "delete" || action === "replace";
}

function short({ name }: Change): string {
  return name.replace(/^relay_/, "").replace(/_alias$/, "");
}
