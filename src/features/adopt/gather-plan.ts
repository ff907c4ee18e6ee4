/** What Terraform would do with a changed environment file: a real plan of a copy of the files. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CommandError, type Terminal } from "../../cli/command";
import { outputFolder, stackFolder } from "../../contract/locations";
import type { Environment } from "../../environment";
import { notKnownFor } from "../drift/failures";
import type { ProposedPlan } from "./report";

/**
 * @param file the environment's file
 * @param source what it would say
 * @throws CommandError when the stacks cannot be synthesized from it, in the app's own words
 */
export async function proposedPlan(
  environment: Environment,
  file: string,
  source: string,
  terminal: Terminal,
  waitingFor: (what: string) => void,
): Promise<ProposedPlan> {
  const {
    synthesize,
    SynthFailed,
  }: typeof import("../../terraform/synthesize") = require("../../terraform/synthesize");
  const { planToRead }: typeof import("../shared/plan-to-read") = require("../shared/plan-to-read");
  const outdir = outputFolder(terminal.env);
  // Beside the original, so that the copy finds what the files import.
  const copy = mkdtempSync(`${dirname(file)}-adopt-`);
  const folder = stackFolder(outdir, environment.name);
  try {
    cpSync(dirname(file), copy, { recursive: true });
    writeFileSync(join(copy, basename(file)), source);
    await synthesize(outdir, { ...terminal.env, RELAY_ENVIRONMENTS: copy });
    const { plan } = await planToRead("adopt", folder, terminal, waitingFor);
    return { kind: "made", plan };
  } catch (error) {
    terminal.stop.throwIfAborted();
    if (error instanceof SynthFailed) {
      throw new CommandError(error.message.replaceAll(basename(copy), basename(dirname(file))));
    }
    const { notKnown, remedy } = notKnownFor(error, environment.name, environment);
    return { kind: "not-made", why: notKnown, remedy };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
