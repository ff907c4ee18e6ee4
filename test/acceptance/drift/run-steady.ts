/** `npm run steady [runs]`: counts false reports of drift in a sandbox without drift, in 200 runs. There should be none. */
import { devNull } from "node:os";
import { join } from "node:path";
import type { Ended } from "../../support/run";
import { rememberingTerminal } from "../../support/terminal";
import { DriftSetup } from "./setup";
import { lookRepeatedly } from "./steady";

/** Runs the command in this process, so that 200 runs do not start Node.js 200 times. They do start Terraform. */
class NearSetup extends DriftSetup {
  override async relayCommand(...args: readonly string[]): Promise<Ended> {
    const { main }: typeof import("../../../src/commands") = require(join(this.scratch.folder, "src/commands"));
    const terminal = rememberingTerminal({ ...this.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: devNull });
    const code = await main(args, terminal);
    return { code, ...terminal.printed };
  }
}

async function main(): Promise<void> {
  const looks = Number(process.argv[2] ?? 200);
  if (!Number.isInteger(looks) || looks < 1) throw new Error("takes a number of runs, 1 or more");
  const setup = new NearSetup();
  try {
    await setup.start();
    const began = Date.now();
    const { steady, others } = await lookRepeatedly(setup, looks, (line) => process.stderr.write(`${line}\n`));
    const seconds = ((Date.now() - began) / 1000 / looks).toFixed(1);
    process.stdout.write(`${steady} of ${looks} runs found no drift; ${seconds} s for each run with its event\n`);
    for (const other of others) process.stdout.write(`${other}\n`);
    process.exitCode = others.length === 0 ? 0 : 1;
  } finally {
    await setup.remove();
  }
}

void main();
