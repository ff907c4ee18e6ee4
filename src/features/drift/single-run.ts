/** Lets one process at a time use a folder: two that synthesize into it at once delete each other's files. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../cli/command";
import { systemCode } from "../../contract/file-fault";
import { isAlive } from "../../terraform/process";

const FILE = "relay-drift.pid";

/** @throws CommandError when another process is in there */
export async function onlyOne<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, FILE);
  mkdirSync(folder, { recursive: true });
  take(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): void {
  for (const last of [false, true]) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw new CommandError(`${lock} cannot be written: ${error}`);
      const pid = holder(lock);
      if (last || (pid !== undefined && isAlive(pid))) {
        throw new CommandError(
          `another \`relay drift\` runs in the same folder${pid === undefined ? "" : `, as process ${pid}`}. ` +
            "Wait for it, or set CDKTF_OUTDIR to another folder.",
        );
      }
      // A killed process left it.
      rmSync(lock, { force: true });
    }
  }
}

function holder(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
