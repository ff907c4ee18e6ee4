import { describeParity } from "./describe-parity";
import { parity } from "./run-parity";

test("30 generated conversations have the same results with direct, forward and enrich, except for allowed differences", async () => {
  const seed = Number(process.env.PARITY_SEED ?? Date.now() % 1_000_000_000);
  const result = await parity({ seed, cases: 30, atOnce: 5 });
  process.stdout.write(`parity, seed ${seed}\n${describeParity(result)}\n`);
  expect(result.unlisted).toEqual([]);
});
