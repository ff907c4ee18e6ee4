/** Alarms, and who gets them. */

import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, differs, number, text, texts } from "../../terraform/change";
import { masked } from "../../terraform/mask";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

export function alarmFindings({ changes, empty, destroys, relayLeaves }: ChangeSet): readonly Finding[] {
  if (empty || destroys || relayLeaves) return [];
  return changes.flatMap((change) => {
    switch (change.type) {
      case "aws_cloudwatch_metric_alarm":
        return ofAlarm(change);
      case "aws_sns_topic":
        return isLost(change) ? [address(change, "A topic that alarms are published to is deleted")] : [];
      case "aws_sns_topic_subscription":
        return ofSubscription(change);
      case "aws_cloudwatch_dashboard":
        return change.action === "delete"
          ? [found("dashboard-removed", { resource: change.address, title: "The dashboard of the relay is removed" })]
          : [];
      case "aws_budgets_budget":
        return ofBudget(change);
      default:
        return [];
    }
  });
}

function ofAlarm(change: Change): readonly Finding[] {
  const { address: resource, before, after } = change;
  const name = code(text(after, "alarm_name") ?? text(before, "alarm_name") ?? change.name);
  const means = masked(text(after, "alarm_description") ?? text(before, "alarm_description") ?? "");
  const watched = means === "" ? {} : { detail: `Its description: “${means}”` };
  if (change.action === "create")
    return [found("alarm-added", { resource, title: `The alarm ${name} is added`, ...watched })];
  if (change.action === "delete") {
    return [found("alarm-removed", { resource, title: `The alarm ${name} is removed`, ...watched })];
  }
  if (change.action !== "update") return [];
  const notified = (side: object) => texts(side, "alarm_actions").length;
  const mute = at(after, "actions_enabled") === false && at(before, "actions_enabled") !== false;
  if (mute || (notified(before) > 0 && notified(after) === 0 && !isUnknown(after))) {
    return [found("alarm-loosened", { resource, title: `The alarm ${name} no longer notifies anyone`, ...watched })];
  }
  const looser = loosened(before, after);
  if (looser !== undefined)
    return [found("alarm-loosened", { resource, title: `The alarm ${name} fires later: ${looser}`, ...watched })];
  if (!RULES.some((path) => differs(change, path))) return [];
  return [
    found("alarm-changed", { resource, title: `The alarm ${name} fires earlier, or for other reasons`, ...watched }),
  ];
}

const RULES = [
  "threshold",
  "evaluation_periods",
  "datapoints_to_alarm",
  "comparison_operator",
  "treat_missing_data",
  "metric_query",
  "alarm_actions",
];

/** How an alarm fires less easily than before; undefined if it does not. */
function loosened(before: object, after: object): string | undefined {
  const from = number(before, "threshold");
  const to = number(after, "threshold");
  const below = text(after, "comparison_operator")?.startsWith("LessThan") ?? false;
  if (from !== undefined && to !== undefined && (below ? to < from : to > from))
    return `its threshold changes from ${from} to ${to}`;
  const periods = (side: object) => number(side, "evaluation_periods") ?? 1;
  if (periods(after) > periods(before)) return `after ${periods(after)} periods instead of ${periods(before)}`;
  if (text(before, "treat_missing_data") === "breaching" && text(after, "treat_missing_data") !== "breaching") {
    return "missing data no longer triggers it";
  }
  return undefined;
}

function isUnknown(side: object): boolean {
  return typeof at(side, "alarm_actions") === "string";
}

function ofSubscription(change: Change): readonly Finding[] {
  if (change.action === "create") return [];
  if (change.action === "delete") return [address(change, "An address no longer gets alarms")];
  if (!differs(change, "endpoint")) return [];
  const [from, to] = [text(change.before, "endpoint"), text(change.after, "endpoint")];
  return [
    address(
      change,
      `Alarms go to ${code(masked(to ?? "an address known after apply"))} instead of ${code(masked(from ?? ""))}`,
    ),
  ];
}

function address(change: Change, title: string): Finding {
  return found("alarm-address", {
    resource: change.address,
    title,
    detail: "AWS sends one message to a new address, and nothing else until someone confirms it.",
  });
}

function ofBudget(change: Change): readonly Finding[] {
  const limit = (side: object) => text(side, "limit_amount");
  const title =
    change.action === "delete"
      ? "The monthly budget is removed: no one is notified of high costs"
      : `The monthly budget changes from ${limit(change.before) ?? "none"} to ${limit(change.after) ?? "none"} dollars`;
  const matters = change.action === "delete" || differs(change, "limit_amount");
  return matters && change.action !== "create" ? [found("budget-changed", { resource: change.address, title })] : [];
}
