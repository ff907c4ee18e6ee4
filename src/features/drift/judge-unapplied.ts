/** The code says something else than what was applied last: a change that is merged, and that nobody has applied. */

import { code, count } from "../../report/report";
import type { Change } from "../../terraform/change";
import { applyCommand, type DriftContext } from "./context";
import { type Difference, merged } from "./differences";
import type { StackFinding } from "./observation";

/** Resources named in a sentence before it says how many more there are. */
const NAMED = 8;

/** What an apply would do with a resource, after its name. */
function verb({ action, adopted, movedFrom }: Change): string {
  if (adopted) return "to take over";
  switch (action) {
    case "create":
      return "to make";
    case "update":
      return "to change";
    case "replace":
      return "to make anew";
    case "delete":
      return "to destroy";
    case "forget":
      return "to forget";
    case "read":
    case "no-op":
      return movedFrom === undefined ? "to leave" : "to rename in the state";
    default:
      return action satisfies never;
  }
}

/**
 * At most one finding for a stack: a reader applies a change, and not its parts.
 *
 * @param applied whether the state knows any resource
 */
export function unappliedFindings(
  differences: readonly Difference[],
  applied: boolean,
  context: DriftContext,
): readonly StackFinding[] {
  const waiting = differences.filter(isWaiting);
  if (waiting.length === 0) return [];
  return [applied ? notYetApplied(waiting, context) : neverApplied(waiting.length, context)];
}

/** What follows by itself from another change, and what heals drift, is not waiting for anybody. */
function isWaiting(difference: Difference): boolean {
  const { planned, outside } = difference;
  if (planned === undefined || outside?.action === "delete") return false;
  if (planned.action !== "update" && planned.action !== "replace") return true;
  return merged(difference).length > 0 || planned.reason === "replace_because_tainted";
}

function notYetApplied(waiting: readonly Difference[], context: DriftContext): StackFinding {
  const parts = waiting.slice(0, NAMED).map((difference) => {
    const { address, planned } = difference;
    const parts = planned?.action === "update" ? merged(difference) : [];
    return `${code(address)} ${planned ? verb(planned) : ""}${parts.length > 0 ? ` (${parts.map(code).join(", ")})` : ""}`;
  });
  const more = waiting.length > NAMED ? `, and ${waiting.length - NAMED} more` : "";
  return {
    kind: "unapplied",
    finding: {
      id: "not-applied",
      severity: "warning",
      title: `${count(waiting.length, "resource")} of ${context.stack} ${waiting.length === 1 ? "is" : "are"} not as the code says`,
      detail:
        `${parts.join(", ")}${more}. Nobody changed that outside since the last apply: a change of the code is merged and not applied, ` +
        "or a change by hand was accepted into the state.",
      remedy: `see \`npx cdktf plan ${context.stack}\`, then ${applyCommand(context)}; or take the change of the code back`,
    },
  };
}

function neverApplied(resources: number, context: DriftContext): StackFinding {
  return {
    kind: "unapplied",
    finding: {
      id: "never-applied",
      severity: "warning",
      title: `Nothing of ${context.stack} was applied`,
      detail:
        `The state is empty, and the code has ${count(resources, "resource")}. If it was applied before, its state is not where the ` +
        "code looks for it: do not apply until it is found, or everything is made a second time.",
      remedy: `see \`npx cdktf plan ${context.stack}\`, then ${applyCommand(context)}`,
    },
  };
}
