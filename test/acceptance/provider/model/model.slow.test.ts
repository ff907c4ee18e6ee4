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
  it("keep state, Gladly and configuration equal", async () => {
    const taken: string[] = [];
    const first = 1000;
    for (let seed = first; seed < first + 20; seed += 1) taken.push(...(await runSequence(seed, setup, mirror)));
    process.stdout.write(`provider model, seeds ${first} to ${first + 19}:\n${countSteps(taken)}\n`);
    expect(taken.length).toBeGreaterThanOrEqual(100);
  });
});
