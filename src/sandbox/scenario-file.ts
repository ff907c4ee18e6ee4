/** A scenario from a JSON file, for `relay sandbox --scenario <file>`. */
import { readFileSync } from "node:fs";
import { reasonOf } from "../contract/file-fault";
import { parsedJson } from "../contract/json";
import { parseScenario, type Scenario } from "./scenario";

/** @throws an error that names the file and lists every fault in it with its path */
export function readScenario(file: string): Scenario {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  const value = parsedJson(content);
  if (value === undefined) throw new Error(`${file} is not valid JSON.`);
  return parseScenario(value, file);
}
