/**
 * `npm run parity -- [cases] [seed] [case]`: a long comparison of the three deliveries. Ctrl-C ends it after the current batch of
 * 100. With a case, such as `c773`, plays only its batch, with the same random numbers.
 */
import { describeParity } from "./describe-parity";
import { parity } from "./run-parity";

async function main(): Promise<void> {
  process.exitCode = 1;
  const cases = Number(process.argv[2] ?? 5000);
  const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
  process.stdout.write(`parity, seed ${seed}, ${cases} conversations\n`);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const result = await parity({
    seed,
    cases,
    timeouts: true,
    atOnce: 2,
    only: process.argv[4],
    stop: stop.signal,
    progress: (done) => process.stdout.write(`  ${done}\n`),
  });
  process.stdout.write(`\n${describeParity(result)}\n`);
  process.exitCode = result.unlisted.length === 0 ? 0 : 1;
}

void main();
