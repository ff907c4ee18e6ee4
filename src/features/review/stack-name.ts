/** The stack that a plan belongs to, where it is not given: resources of an environment hold its name. */

import { readChanges, text } from "../../terraform/change";
import type { Plan } from "../../terraform/plan";
import { at } from "../../terraform/value";

/** Undefined where the plan does not show it, as an empty one. */
export function stackNameOf(plan: Plan): string | undefined {
  const names = readChanges(plan).planned.flatMap(({ before, after }) =>
    [after, before].flatMap((side) => [
      text(side, "input", "environment"),
      text(at(side, "environment"), 0, "variables", "RELAY_CONFIGURATION", "environment"),
      text(side, "tags_all", "relay:environment"),
    ]),
  );
  return names.find((name) => name !== undefined);
}
