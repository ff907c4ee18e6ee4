import { chaos } from "./chaos";

test("in random runs with faults, every close ends as it should", async () => {
  const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000_000);
  const result = await chaos({ seed, closes: 150, commandsPerStory: 60 });
  process.stdout.write(`chaos, seed ${seed}: ${result.closes} closes\n${result.exercised.report()}\n`);
  expect(result.exercised.untouched()).toEqual([]);
});
