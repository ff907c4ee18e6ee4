import type { GladlySetup } from "../../../provider/support/gladly-core";
import { beforeEachTest } from "../each-test";
import type { Mirror } from "../harness";
import { countSteps, runSequence } from "./sequence";

let setup: GladlySetup;
let mirror: Mirror;
beforeEachTest((made) => {
  ({ setup, mirror } = made);
});

describe("twenty random sequences", () => {
  const seeds = Array.from({ length: 20 }, (_, index) => 1000 + index);
  const taken: string[] = [];

  // A test each, so that each has the whole time limit of a test on a busy machine.
  it.each(seeds)("keep state, Gladly and configuration equal: seed %i", async (seed) => {
    taken.push(...(await runSequence(seed, setup, mirror)));
  });

  it("take a hundred steps and more", () => {
    process.stdout.write(`provider model, ${seeds.length} seeds from ${seeds[0]}:\n${countSteps(taken)}\n`);
    expect(taken.length).toBeGreaterThanOrEqual(100);
  });
});
