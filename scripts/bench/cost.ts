/** The cost of a million closes on AWS at different volumes, calculated as in `relay cost`. */
import { relayCost } from "../../src/features/cost/relay-cost";
import { synthesized } from "../../src/features/shared/synthesized";
import { terraformEnvironment } from "../../src/terraform/engine";
import type { Row } from "./rows";

const DAYS = 30;

/** @param perDay closed conversations a day */
export async function costRows(perDay: readonly number[]): Promise<readonly Row[]> {
  const stack = await synthesized("production", await terraformEnvironment(process.env));
  return perDay.map((closes): Row => {
    const month = relayCost(stack, closes).reduce((sum, { dollars }) => sum + dollars, 0);
    return {
      ...{ group: "Cost of a million closes on AWS", what: `${closes.toLocaleString("en-US")} closes a day` },
      ...{ unit: "dollars", samples: [(month / (closes * DAYS)) * 1e6] },
      bound: "AWS's list prices; alarms and secrets at small volumes",
    };
  });
}
