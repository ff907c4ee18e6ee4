import type { GladlySetup } from "../../../provider/support/gladly-core";
import { beforeEachTest } from "../each-test";
import type { Mirror } from "../harness";
import { countSteps, runSequence } from "./sequence";

let setup: GladlySetup;
let mirror: Mirror;
beforeEachTest((made) => {
  ({ setup, mirror } = made);
});

describe("random sequences of applies, edits, kills and lost answers", () => {
  it.each([1, 2])("keep state, Gladly and configuration equal: seed %i (all: npm run provider:model)", async (seed) => {
    const taken = await runSequence(seed, setup, mirror, 5);
    expect(taken.length).toBeGreaterThanOrEqual(5);
    expect(countSteps(taken)).toContain("not exercised");
  });
});
