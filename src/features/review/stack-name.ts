/** Which stack a plan is of, where nobody says: the environment names itself in what it makes. */

import { readChange, text } from "../../terraform/change";
import type { Plan } from "../../terraform/plan";
import { at } from "../../terraform/value";

/** Undefined where the plan does not tell, as an empty one. */
export function stackNameOf(plan: Plan): string | undefined {
  const changes = plan.resource_changes.filter(({ mode }) => mode === "managed").map(readChange);
  const names = changes.flatMap(({ before, after }) =>
    [after, before].flatMap((side) => [
      text(side, "input", "environment"),
      text(at(side, "environment"), 0, "variables", "RELAY_CONFIGURATION", "environment"),
      text(side, "tags_all", "relay:environment"),
    ]),
  );
  return names.find((name) => name !== undefined);
}
