/** The three functions, the worker's event source and the watchdog's schedule. */

import { type Finding, found } from "../../report/finding";
import { type Change, differs, number, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

const WATCHDOG = "No one notices a disabled webhook, and missed events are not fetched.";
const WITHOUT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    relay_ingest: "Deliveries fail. After an hour Gladly disables the webhook.",
    relay_worker: "Accepted events wait in the queue, at most 14 days, and no survey is sent.",
    relay_watchdog: WATCHDOG,
  }),
);

export function functionFindings({ changes, destroys, relayLeaves }: ChangeSet): readonly Finding[] {
  if (destroys || relayLeaves) return [];
  return changes.flatMap((change) => {
    switch (change.type) {
      case "aws_lambda_function":
        return ofFunction(change);
      case "aws_lambda_alias":
        return isLost(change) ? [lost(change, `The alias that callers of ${short(change)} use is deleted`)] : [];
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

function ofFunction(change: Change): readonly Finding[] {
  const resource = change.address;
  if (isLost(change))
    return [
      lost(
        change,
        `The function ${short(change)} is deleted${change.action === "replace" ? " and created again" : ""}`,
      ),
    ];
  if (change.action !== "update") return [];
  const findings: Finding[] = [];
  if (differs(change, "source_code_hash")) {
    findings.push(
      found("function-code", {
        resource,
        title: `The function ${short(change)} gets new code`,
        detail: "The plan does not show what the new code does. Read the pull request.",
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
        title: `Settings of the function ${short(change)} change: ${changed.map((path) => setting(change, path)).join(", ")}`,
        ...(changed.includes("reserved_concurrent_executions") &&
        number(change.after, "reserved_concurrent_executions") === 0
          ? { detail: "With a reserved concurrency of 0 it never runs." }
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

function ofFeed(change: Change): readonly Finding[] {
  const resource = change.address;
  const off = at(change.before, "enabled") === true && at(change.after, "enabled") === false;
  if (isLost(change) || off) {
    return [
      found("feed-lost", {
        resource,
        title: "Accepted events no longer reach the worker",
        detail: `${change.action === "replace" ? "The event source is created again in the same apply. " : ""}They wait in the queue, at most 14 days.`,
      }),
    ];
  }
  const most = (side: object) => number(side, "scaling_config", 0, "maximum_concurrency");
  const [before, after] = [most(change.before), most(change.after)];
  if (change.action !== "update" || before === undefined || after === undefined || before === after) return [];
  const title = `The worker handles ${after} batches of events at once instead of ${before}`;
  return after < before
    ? [
        found("concurrency-lowered", {
          resource,
          title,
          detail: "After an outage the backlog takes longer, and surveys are sent later.",
        }),
      ]
    : [
        found("concurrency-raised", {
          resource,
          title,
          detail: "Gladly answers at most 10 requests per second for the whole organization.",
        }),
      ];
}

function ofSchedule(change: Change): readonly Finding[] {
  const relevant = isLost(change) || ["schedule_expression", "state", "target"].some((path) => differs(change, path));
  if (!relevant || change.action === "create") return [];
  const rate = text(change.after, "schedule_expression");
  return [
    found("watchdog-changed", {
      resource: change.address,
      title: isLost(change)
        ? "The watchdog no longer runs"
        : `The watchdog's schedule changes${rate === undefined ? "" : `: ${rate}`}`,
      detail: WATCHDOG,
    }),
  ];
}

function lost(change: Change, title: string): Finding {
  return found("function-lost", {
    resource: change.address,
    title,
    detail: WITHOUT.get(change.name.replace(/_alias$/, "")) ?? "Its work stops.",
  });
}

export function isLost({ action }: Change): boolean {
  return action === "delete" || action === "replace";
}

function short({ name }: Change): string {
  return name.replace(/^relay_/, "").replace(/_alias$/, "");
}
