/** `npm run steady [looks]`: how often a steady sandbox is told to have drifted, out of 200 looks. It should be never. */
import { devNull } from "node:os";
import { join } from "node:path";
import type { Ended } from "../../support/run";
import { rememberingTerminal } from "../../support/terminal";
import { DriftSetup } from "./setup";
import { lookRepeatedly } from "./steady";

/** The same command in this process: two hundred looks need not start Node two hundred times. Terraform they do. */
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
  if (!Number.isInteger(looks) || looks < 1) throw new Error("takes a number of looks, 1 or more");
  const setup = new NearSetup();
  try {
    await setup.start();
    const began = Date.now();
    const { steady, others } = await lookRepeatedly(setup, looks, (line) => process.stderr.write(`${line}\n`));
    const seconds = ((Date.now() - began) / 1000 / looks).toFixed(1);
    process.stdout.write(
      `${steady} of ${looks} looks found no drift; ${seconds} s for each, with what happened before it\n`,
    );
    for (const other of others) process.stdout.write(`${other}\n`);
    process.exitCode = others.length === 0 ? 0 : 1;
  } finally {
    await setup.remove();
  }
}

void main();
