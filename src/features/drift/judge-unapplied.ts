/** The code differs from what was applied last: a change is merged and not applied. */

import { found } from "../../report/finding";
import { code, count } from "../../report/report";
import type { Change } from "../../terraform/change";
import { applyCommand, type DriftContext } from "./context";
import { type Difference, merged } from "./differences";
import type { StackFinding } from "./observation";

/** Resources named in a sentence before it says how many more there are. */
const NAMED = 8;

/** What an apply would do with a resource, after its name. */
function verb({ action, adopted, movedFrom, deposed }: Change): string {
  if (adopted) return "to import";
  if (deposed !== undefined) return "to delete";
  switch (action) {
    case "create":
      return "to create";
    case "update":
      return "to change";
    case "replace":
    case "replace-forget":
      return "to create again";
    case "delete":
      return "to destroy";
    case "forget":
      return "to forget";
    case "unknown":
      return "to change in a way that is not understood";
    case "read":
    case "no-op":
      return movedFrom === undefined ? "to leave" : "to rename in the state";
    default:
      return action satisfies never;
  }
}

/**
 * At most one finding for a stack: a reader applies a change, not its parts.
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

/** What follows from another change, or only reverts drift, does not wait for anyone. */
function isWaiting(difference: Difference): boolean {
  const { planned, outside } = difference;
  if (planned === undefined || outside?.action === "delete") return false;
  if (planned.action !== "update" && planned.action !== "replace" && planned.action !== "replace-forget") return true;
  return merged(difference).length > 0 || planned.reason === "replace_because_tainted";
}

function notYetApplied(waiting: readonly Difference[], context: DriftContext): StackFinding {
  const parts = waiting.slice(0, NAMED).map((difference) => {
    const { address, planned } = difference;
    const changed = planned?.action === "update" ? merged(difference) : [];
    return `${code(address)} ${planned ? verb(planned) : ""}${changed.length > 0 ? ` (${changed.map(code).join(", ")})` : ""}`;
  });
  const more = waiting.length > NAMED ? `, and ${waiting.length - NAMED} more` : "";
  return {
    kind: "unapplied",
    finding: found("not-applied", {
      title: `${count(waiting.length, "resource")} of ${context.stack} ${waiting.length === 1 ? "differs" : "differ"} from the code`,
      detail:
        `${parts.join(", ")}${more}. Nothing was changed outside since the last apply: either a merged change of the code is not ` +
        "applied, or someone accepted a change by hand into the state.",
      remedy: `read \`npx cdktf plan ${context.stack}\`, then ${applyCommand(context)}; or revert the change of the code`,
    }),
  };
}

function neverApplied(resources: number, context: DriftContext): StackFinding {
  return {
    kind: "unapplied",
    finding: found("never-applied", {
      title: `${context.stack} was never applied`,
      detail:
        `The state is empty, and the code has ${count(resources, "resource")}. If it was applied before, Terraform looks for its ` +
        "state in the wrong place: find the state first, or an apply creates everything a second time.",
      remedy: `read \`npx cdktf plan ${context.stack}\`, then ${applyCommand(context)}`,
    }),
  };
}
