/** Errors in environment files, with messages that say how to fix them. */
import type { z } from "zod";
import { didYouMean } from "../contract/nearest";
import { knownSettings } from "./known-settings";

/** One error. */
export interface Fault {
  /** The path of the file for the reader. */
  readonly file: string;
  /** Where in the file: `gladly.url`; empty if the whole file is invalid. */
  readonly path: string;
  /** The value there as JSON, cut to a readable length; absent if there is none. */
  readonly found?: string;
  /** What is allowed and what to do. */
  readonly remedy: string;
}

/** Every fault of every environment file at once. */
export class EnvironmentFaults extends Error {
  override readonly name = "EnvironmentFaults";
  constructor(
    /** Each fault with its file and the path of the setting. Never empty. */
    readonly faults: readonly Fault[],
  ) {
    super(report(faults));
  }
}

/** Maximum length of an invalid value in a message. */
const FOUND_LENGTH = 80;

/** A user name and password inside an address. */
const URL_CREDENTIALS = /\/\/[^/@"]*@/g;

/** A zod error as faults of a file. */
export function faultsOf(file: string, input: unknown, schema: z.ZodType, error: z.ZodError): readonly Fault[] {
  return error.issues.flatMap((issue) => issueFaults(file, input, schema, issue));
}

function issueFaults(file: string, input: unknown, schema: z.ZodType, issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code === "unrecognized_keys") {
    // The value is not shown, because an unknown setting may contain a secret.
    const known = knownSettings(schema, issue.path);
    return issue.keys.map((key) => {
      const hint = didYouMean(key, known) || " Is it misspelt, or in the wrong place?";
      return fault(file, undefined, [...issue.path, key], `there is no such setting.${hint}`);
    });
  }
  // A text in the wrong place may also be a pasted secret.
  const misplaced = issue.code === "invalid_type" && typeof issue.input === "string";
  return [fault(file, misplaced ? undefined : input, issue.path, remedyOf(issue))];
}

function fault(file: string, input: unknown, path: readonly PropertyKey[], remedy: string): Fault {
  const value = path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    input,
  );
  const json = value === undefined ? undefined : JSON.stringify(value).replace(URL_CREDENTIALS, "//…@");
  return {
    file,
    path: path.map(String).join("."),
    remedy,
    ...(json === undefined ? {} : { found: json.length > FOUND_LENGTH ? `${json.slice(0, FOUND_LENGTH)}…` : json }),
  };
}

/** zod's messages, or ours if a list of allowed values helps more. */
function remedyOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") {
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
  }
  if (issue.code === "invalid_type") {
    if (issue.input === undefined) return `is missing: add it (${issue.expected})`;
    // zod's own messages use type names of programmers.
    return issue.message.startsWith("Invalid input") ? `must be a ${issue.expected}` : issue.message;
  }
  return issue.message;
}

/** The faults as text: a line that counts, then a block each. */
function report(faults: readonly Fault[]): string {
  const heading = faults.length === 1 ? "There is 1 fault" : `There are ${faults.length} faults`;
  const blocks = faults.map(({ file, path, found, remedy }) => {
    const where = path === "" ? file : `${file}  ${path}`;
    return [`  ${where}`, ...(found === undefined ? [] : [`    found: ${found}`]), `    ${remedy}`].join("\n");
  });
  return [`${heading} in the environment files; nothing was synthesized.`, ...blocks].join("\n\n");
}
