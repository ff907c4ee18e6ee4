/** A scenario from a JSON file, for `relay sandbox --scenario <file>`. */
import { readFileSync } from "node:fs";
import { parseScenario, type Scenario } from "./scenario";

/** Reads it. Throws an error that names the file, and every fault in it with its path. */
export function readScenario(file: string): Scenario {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The sandbox's scenario ${file} cannot be read (${reason(error)}): give the path of a JSON file.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw new Error(`The sandbox's scenario ${file} is not JSON (${reason(error)}).`);
  }
  return parseScenario(value, file);
}

function reason(error: unknown): string {
  return String(error).replace(/^\w*Error: /, "");
}
