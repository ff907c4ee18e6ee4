/** Arguments of `relay ci apply`. */
import { resolve } from "node:path";
import { EXIT, type Invocation, type Terminal } from "../../cli/command";
import { applyEnvironment } from "./apply-plan";
import { argumentsOf } from "./arguments";

export async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [environment = "", planned = ""] = argumentsOf(invocation, "apply", "environment", "folder");
  await applyEnvironment(environment, resolve(planned), terminal);
  return EXIT.ok;
}
