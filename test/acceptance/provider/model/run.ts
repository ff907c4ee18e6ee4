/**
 * `npm run provider:model [sequences] [first seed]`: runs random sequences with the real engine, 300 by default. Prints how
 * often each kind of step was taken, and each broken promise with its seed. Exits with 1 if a promise was broken.
 */
import { startGladlySetup } from "../../../provider/support/gladly-core";
import { buildMirror } from "../harness";
import { countSteps, runSequence } from "./sequence";

async function main(): Promise<void> {
  const [count = 300, first = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
  const [setup, mirror] = await Promise.all([startGladlySetup(), buildMirror()]);
  const taken: string[] = [];
  const broken: string[] = [];
  process.stdout.write(`seeds ${first} to ${first + count - 1}\n`);
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      taken.push(...(await runSequence(seed, setup, mirror)));
      process.stdout.write(".");
    } catch (error) {
      broken.push(error instanceof Error ? error.message : String(error));
      process.stdout.write(`\n${broken.at(-1)}\n`);
    }
  }
  await setup.close();
  process.stdout.write(`\n${countSteps(taken)}\n${count - broken.length} of ${count} sequences kept every promise\n`);
  if (broken.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
