/** Changes of the relay on AWS outside of Terraform. CloudTrail records who made them. */

import { code } from "../../report/report";
import { type Change, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import { meaningOf } from "./aws-meaning";
import { applyCommand, codeMovedToo, type DriftContext, driftFinding, sentences } from "./context";
import { type Difference, isLeft, undone } from "./differences";
import type { StackFinding } from "./observation";

/** Characters of a value that is shown in a sentence. */
const SHORT = 60;

export function awsFindings(difference: Difference, context: DriftContext): readonly StackFinding[] {
  const { outside, type, address } = difference;
  if (outside === undefined) return [];
  const { noun, deleted, changed, severity } = meaningOf(type);
  const name = code(address);
  if (outside.action === "delete") {
    if (isLeft(difference)) return [];
    return [
      driftFinding(difference, severity === "critical" ? "outside-relay-deleted" : "outside-resource-deleted", {
        title: `Someone deleted the ${noun} ${name} outside of Terraform`,
        detail: deleted,
        remedy: `${applyCommand(context)} creates it again; ${whoDidIt(outside)}`,
      }),
    ];
  }
  const attributes = undone(difference);
  if (attributes.length === 0) return [];
  if (
    type === "aws_lambda_event_source_mapping" &&
    at(outside.after, "enabled") === false &&
    attributes.includes("enabled")
  ) {
    return [feedOff(difference, outside, context)];
  }
  return [
    driftFinding(difference, severity === "critical" ? "outside-relay-changed" : "outside-resource-changed", {
      title: `Someone changed the ${noun} ${name} outside of Terraform: ${attributes.map(code).join(", ")}`,
      detail: sentences(
        changed,
        ...attributes.map((attribute) => shown(outside, attribute)),
        ...new Set(attributes.map((attribute) => codeMovedToo(difference, attribute))),
      ),
      remedy: `${applyCommand(context)} reverts it; ${whoDidIt(outside)}`,
      ...since(outside),
    }),
  ];
}

/** `relay pause` does not do this: it writes a note into the ledger, which is no drift. */
function feedOff(difference: Difference, outside: Change, context: DriftContext): StackFinding {
  return driftFinding(difference, "outside-feed-off", {
    title: "Someone disabled the worker's event source: stored events are not processed, and no survey is sent",
    detail: `Events are still accepted and wait in the queue. ${code("relay pause")} does not do this.`,
    remedy: `${applyCommand(context)} enables it again; to pause on purpose, use ${code(`relay pause --environment ${context.stack}`)}; ${whoDidIt(outside)}`,
    ...since(outside),
  });
}

/** Short values only. Secrets are hidden already. */
function shown({ before: had, after: has, differences }: Change, path: string): string | undefined {
  const parts = differences.filter((part) => part.path === path);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && isFilled(at(had, path)) && isFilled(at(has, path))) {
    // One item of a list came or went; the others stayed.
    if (only.before === undefined && only.after !== undefined && only.after.length <= SHORT) {
      return `${code(path)} now also has ${code(only.after)}.`;
    }
    if (only.after === undefined && only.before !== undefined && only.before.length <= SHORT) {
      return `${code(path)} no longer has ${code(only.before)}.`;
    }
  }
  const [before = "not set", after = "not set"] = [parts[0]?.before, parts[0]?.after];
  if (parts.length !== 1 || before.length > SHORT || after.length > SHORT) return undefined;
  return `${code(path)} was ${code(before)} and is ${code(after)}.`;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function whoDidIt({ before, after }: Change): string {
  const sides = [after, before];
  const name = sides.flatMap((side) => text(side, "name") ?? text(side, "function_name") ?? [])[0];
  const by = name === undefined ? "CloudTrail" : `CloudTrail, by resource name ${code(name)},`;
  return `${by} shows who did it`;
}

/** Functions and event sources have a time of their last change. */
function since({ after }: Change): { readonly since?: string } {
  const time = Date.parse(text(after, "last_modified") ?? "");
  return Number.isNaN(time) ? {} : { since: new Date(time).toISOString() };
}
