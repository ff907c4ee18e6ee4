import { type GladlySetup, startGladlySetup } from "../../../provider/support/gladly-core";
import { buildMirror, type Mirror } from "../harness";
import { countSteps, runSequence } from "./sequence";

let setup: GladlySetup;
let mirror: Mirror;
beforeAll(async () => {
  [setup, mirror] = await Promise.all([startGladlySetup(), buildMirror()]);
});
afterAll(() => setup.close());

describe("random sequences of applies, edits, kills and lost answers", () => {
  it.each([1, 2])(
    "keep state, Gladly and configuration together: seed %i (all: npm run provider:model)",
    async (seed) => {
      const taken = await runSequence(seed, setup, mirror, 5);
      expect(taken.length).toBeGreaterThanOrEqual(5);
      expect(countSteps(taken)).toContain("not exercised");
    },
  );
});
