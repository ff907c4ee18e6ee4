/** Arguments of `relay ci apply`. */
import { resolve } from "node:path";
import { argumentsOf } from "../ci";
import { EXIT, type Invocation, type Terminal } from "../command";
import { applyEnvironment } from "./apply";

export async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [environment = "", planned = ""] = argumentsOf(invocation, "apply", "environment", "folder");
  await applyEnvironment(environment, resolve(planned), terminal);
  return EXIT.ok;
}
