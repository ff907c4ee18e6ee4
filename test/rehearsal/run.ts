/** `npm run rehearse`: the whole life of an environment on AWS, with an emulator on this machine. */
import { EMULATOR_HOW, emulatorFound } from "./emulator";
import { firstSteps } from "./first-steps";
import { lastSteps, laterSteps, webhook } from "./later-steps";
import { LONG, otherEnvironmentSteps } from "./other-environment";
import { rehearse } from "./rehearse";
import { World } from "./world";

async function main(): Promise<void> {
  if (!emulatorFound()) {
    process.stderr.write(`No AWS emulator can be started: ${EMULATOR_HOW}.\n`);
    process.exitCode = 1;
    return;
  }
  const world = await World.start();
  const stop = (signal: NodeJS.Signals) => {
    void world.remove().finally(() => process.exit(signal === "SIGINT" ? 130 : 143));
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const steps = [...firstSteps, ...laterSteps, ...otherEnvironmentSteps, ...lastSteps({ webhook })];
    await rehearse(world, steps, { tell: (line) => process.stdout.write(`${line}\n`), other: LONG, whole: true });
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.stack : String(error)}\n${world.emulator.lacks.join("\n")}\n`,
    );
    process.exitCode = 1;
  } finally {
    await world.remove();
  }
}

void main();
