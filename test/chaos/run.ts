/** `npm run chaos -- [closes] [seed]`: a long chaos test, then the SIGKILL test. Prints the events and the invariants. */
import { chaos } from "./chaos";
import { HAPPENINGS } from "./commands";
import { sigkill } from "./sigkill";

async function main(): Promise<void> {
  // Set until the end is reached. Otherwise a run that hangs would end with the event loop and exit code 0.
  process.exitCode = 1;
  const closes = Number(process.argv[2] ?? 10_000);
  const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
  process.stdout.write(`chaos, seed ${seed}, until ${closes} closes\n`);
  let printed = 0;
  const progress = (done: number) => {
    if (done - printed < 500) return;
    printed = done;
    process.stdout.write(`  ${done} closes\n`);
  };
  const result = await chaos({ seed, closes, commandsPerStory: 100, progress });
  const never = HAPPENINGS.filter((name) => !result.happened.has(name)).map(
    (name) => [name, "not exercised:"] as const,
  );
  const seen = [...result.happened].map(([name, times]) => [name, String(times)] as const);
  const happened = [...seen, ...never].sort(([a], [b]) => a.localeCompare(b));
  process.stdout.write(
    `\n${result.closes} closes in ${result.stories} runs, ${result.surveys} surveys, ${result.deaths} deaths of a process, ` +
      `${result.ambiguous} lost answers\n\nwhat happened\n${happened.map(([name, times]) => `  ${times} ${name}`).join("\n")}\n\n` +
      `invariants\n${result.exercised.report().replace(/^/gm, "  ")}\n`,
  );
  const killed = await sigkill(20_000, 8);
  const { acknowledged, kills, flooded, missing, unfinished } = killed;
  process.stdout.write(
    `\nSIGKILL: ${acknowledged} events acknowledged over ${kills} kills and ${flooded} idle connections, ${missing.length} missing, ` +
      `${unfinished.length} unfinished\n`,
  );
  process.exitCode = missing.length + unfinished.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  // The message has the seed and the run, the cause has the broken invariant.
  const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.message}` : "";
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${cause}\n`);
});
