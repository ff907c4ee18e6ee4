/** Candidates for the word that is being typed. The shells' scripts request them (scripts.ts). */
import { type CommandGroup, commandNames, findCommand } from "../../cli/command";
import { isEnvironmentFile } from "../../contract/locations";
import { fileNames } from "../../contract/read-file";
import { type Completable, type CompletedOption, optionsOf, placeAt } from "./model";

export interface Candidate {
  readonly word: string;
  /** May be empty. */
  readonly description: string;
}

export interface Completion {
  /** Candidates that begin with the typed text. */
  readonly candidates: readonly Candidate[];
  /** Whether the shell offers files too. */
  readonly files: boolean;
}

export interface CompletionContext {
  readonly groups: readonly CommandGroup[];
  /** The summary of a command. */
  readonly summaryOf: (command: string) => string;
  /** The folder of the environment files. */
  readonly environments: string;
}

/** @param typed the words after `relay`; the last one is being typed and can be empty */
export function complete(typed: readonly string[], context: CompletionContext): Completion {
  const current = typed.at(-1) ?? "";
  const before = typed.slice(0, -1);
  const found = candidatesFor(before, current, context);
  return { ...found, candidates: found.candidates.filter(({ word }) => word.startsWith(current)) };
}

function candidatesFor(before: readonly string[], current: string, context: CompletionContext): Completion {
  const [name, ...rest] = before;
  const commands = commandNames(context.groups).map((word) => ({ word, description: context.summaryOf(word) }));
  if (name === undefined) return { candidates: [...commands, ...GLOBAL], files: false };
  if (name === "help") return { candidates: rest.length === 0 ? commands : [], files: false };
  const command = findCommand(name, context.groups);
  if (command === undefined) return { candidates: [], files: false };
  const options = optionsOf(command);
  const isOption =
    (word: string) =>
    ({ long, short }: CompletedOption) =>
      word === long || word === short;
  const takesNext = (word: string) => options.find(isOption(word))?.value;
  const last = rest.at(-1) ?? "";
  const ended = rest.includes("--");
  const value = ended ? undefined : takesNext(last);
  if (value !== undefined) return offered(value, context);
  if (current.startsWith("-") && !ended) {
    const unused = options.filter(({ long, short }) => !rest.includes(long) && !(short && rest.includes(short)));
    return { candidates: unused.map(({ long, description }) => ({ word: long, description })), files: false };
  }
  const index = rest.filter((word, at) => !word.startsWith("-") && !takesNext(rest[at - 1] ?? "")).length;
  return offered(placeAt(command, index), context);
}

const GLOBAL: readonly Candidate[] = [
  { word: "help", description: "What a command does, with examples" },
  { word: "--help", description: "Every command" },
  { word: "--version", description: "The version" },
];

function offered({ words, environments, files }: Completable, context: CompletionContext): Completion {
  const names = environments ? namesIn(context.environments) : [];
  return {
    candidates: [
      ...words.map((word) => ({ word, description: "" })),
      ...names.map((word) => ({ word, description: "environment" })),
    ],
    files,
  };
}

function namesIn(folder: string): readonly string[] {
  return fileNames(folder)
    .filter(isEnvironmentFile)
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}
