import { describeParity } from "./describe-parity";
import { parity } from "./run-parity";

test("300 generated conversations have the same results with direct, forward and enrich, except for allowed differences", async () => {
  const seed = Number(process.env.PARITY_SEED ?? Date.now() % 1_000_000_000);
  const result = await parity({ seed, cases: 300, atOnce: 2, timeouts: true });
  process.stdout.write(`parity, seed ${seed}\n${describeParity(result)}\n`);
  expect(result.unlisted).toEqual([]);
});
