/** What can be completed in a command, read from the command itself: options, usage, and their values. */
import { argumentsOfUsage } from "../../cli/arguments";
import type { Command } from "../../cli/command";
import { SEVERITIES } from "../../report/report";
import { FORMATS } from "../../report/reporters";

/** The possible values at one position of a command line. */
export interface Completable {
  readonly words: readonly string[];
  readonly environments: boolean;
  readonly files: boolean;
}

/** A value that only the user knows, such as an id or a number. */
export const UNKNOWN: Completable = { words: [], environments: false, files: false };
const words = (...known: readonly string[]): Completable => ({ ...UNKNOWN, words: known });

export interface CompletedOption {
  /** `--environment` */
  readonly long: string;
  /** `-e` */
  readonly short?: string;
  /** Undefined if it takes no value. */
  readonly value?: Completable;
  /** The first sentence of its help. */
  readonly description: string;
}

/** Options with the same meaning in every command. */
const KNOWN: Readonly<Record<string, Completable>> = {
  environment: { ...UNKNOWN, environments: true },
  format: words(...FORMATS),
  "fail-on": words(...SEVERITIES),
  "survey-mode": words("test", "production"),
};

export function optionsOf({ options, help, choices }: Command): readonly CompletedOption[] {
  const described = [...help.matchAll(/^ {2}(?:-\w, )?--([\w-]+)(?: <([^>]*)>)? {2,}(.*)$/gm)];
  const of = (option: string) => described.find(([, name]) => name === option);
  const listed = Object.entries(options).map(([option, { type, short }]) => ({
    long: `--${option}`,
    ...(short === undefined ? {} : { short: `-${short}` }),
    ...(type === "string" ? { value: placeOfOption(option, of(option)?.[2] ?? "", choices) } : {}),
    description: firstSentence(of(option)?.[3] ?? ""),
  }));
  return [...listed, { long: "--help", short: "-h", description: "What it does, with examples" }];
}

function firstSentence(text: string): string {
  return (/^(.*?)(?:[.;:](?: |$)|$)/.exec(text)?.[1] ?? text).trim();
}

function placeOfOption(option: string, name: string, choices: Command["choices"] = {}): Completable {
  const known = choices[option] ?? undefined;
  if (known !== undefined) return words(...known);
  // The help shows which options take a file: `--out <file>`.
  return KNOWN[option] ?? { ...UNKNOWN, files: /file|folder/.test(name) };
}

/** The argument at an index of `usage`, before its first option: `put|rotate <environment> [<secret>]`. */
export function placeAt({ usage, choices = {}, positionals }: Command, index: number): Completable {
  const pieces = argumentsOfUsage(usage);
  const repeats = positionals.max > pieces.length || /\.\.\.\]?$/.test(pieces.at(-1) ?? "");
  if (index >= positionals.max) return UNKNOWN;
  const piece = pieces[index] ?? (repeats ? pieces.at(-1) : undefined) ?? "";
  const word = piece.replace(/[[\]<>]|\.\.\./g, "");
  if (/^[a-z-]+(\|[a-z-]+)+$/.test(word)) return words(...word.split("|"));
  const known = choices[word];
  if (known !== undefined) return words(...known);
  // The last argument of `ci` differs from step to step: an environment, a plan, a report.
  const any = word === "argument";
  return {
    words: [],
    environments: any || /environment|stack/.test(word),
    files: any || /file|folder|\.json/.test(word),
  };
}
