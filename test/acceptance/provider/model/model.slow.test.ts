import { startWorld, type World } from "../../../provider/support/gladly-core";
import { buildMirror, type Mirror } from "../harness";
import { countSteps, runSequence } from "./sequence";

let world: World;
let mirror: Mirror;
beforeAll(async () => {
  [world, mirror] = await Promise.all([startWorld(), buildMirror()]);
});
afterAll(() => world.close());

describe("twenty random sequences", () => {
  it("keep state, Gladly and configuration together, whatever happens", async () => {
    const taken: string[] = [];
    const first = 1000;
    for (let seed = first; seed < first + 20; seed += 1) taken.push(...(await runSequence(seed, world, mirror)));
    process.stdout.write(`provider model, seeds ${first} to ${first + 19}:\n${countSteps(taken)}\n`);
    expect(taken.length).toBeGreaterThanOrEqual(100);
  });
});
