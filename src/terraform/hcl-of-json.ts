/** Converts a CLI configuration in JSON to HCL, so that it can be changed and joined with others as text. */
import { parsedJson } from "../contract/json";

/** Blocks whose first level of keys are labels. */
const LABELLED: readonly string[] = ["credentials", "credentials_helper", "host"];

/** The same configuration in HCL. Returns a text that is not JSON unchanged. */
export function hclOfJson(text: string): string {
  if (!text.trimStart().startsWith("{")) return text;
  const parsed = parsedJson(text);
  // Terraform will report the error.
  return isObject(parsed) ? bodyOf(parsed, LABELLED) : text;
}

function bodyOf(object: object, labelled: readonly string[] = []): string {
  return Object.entries(object)
    .flatMap(([key, value]: [string, unknown]) => {
      if (value === null) return [];
      const blocks: readonly unknown[] = Array.isArray(value) && value.every(isObject) ? value : [value];
      return blocks.map((block) => entryOf(key, block, labelled.includes(key)));
    })
    .join("");
}

function entryOf(key: string, value: unknown, labelled: boolean): string {
  const name = /^\w+$/.test(key) ? key : JSON.stringify(key);
  if (!isObject(value)) return `${name} = ${JSON.stringify(value)}\n`;
  if (!labelled) return `${name} {\n${bodyOf(value)}}\n`;
  return Object.entries(value)
    .map(([label, inner]: [string, unknown]) => {
      return `${name} ${JSON.stringify(label)} {\n${isObject(inner) ? bodyOf(inner) : ""}}\n`;
    })
    .join("");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
