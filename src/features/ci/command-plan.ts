/** Arguments of `relay ci plan`. */
import { join, resolve } from "node:path";
import { EXIT, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { projectRoot } from "../../contract/locations";
import { argumentsOf } from "./arguments";
import { planEnvironment } from "./save-plan";

export async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [environment = ""] = argumentsOf(invocation, "plan", "environment");
  const out = stringOption(invocation, "out") ?? join(projectRoot(), "planned", environment);
  await planEnvironment(environment, resolve(out), terminal);
  return EXIT.ok;
}
