/** What a command of `relay` is, and what it is given. */
import type { ParseArgsConfig } from "node:util";

/** What a command runs in, so that a test can run it without a process. */
export interface Terminal {
  /** What was asked for: tables, reports, JSON. */
  out(text: string): void;
  /** Everything else: progress, warnings, errors. */
  err(text: string): void;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted on Ctrl-C, SIGTERM, or when the process that started this one is gone. */
  readonly stop: AbortSignal;
  /** Whether a person watches standard error: redrawn lines are for terminals only. */
  readonly interactive: boolean;
  /** Characters that fit on a line of standard output. Undefined where it is no terminal. */
  readonly columns?: number | undefined;
  /** Whether standard output takes colours: a terminal, and no NO_COLOR. */
  readonly colour: boolean;
}

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, findings: 2 } as const;

export interface Invocation {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Arguments as they are written: `<environment>`. */
  readonly usage: string;
  /** What it does, its options and examples, for `--help`. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /**
   * Words that an option takes, by its name, for completion. Those of `--environment`, `--format` and `--fail-on` of a
   * report are known. @default any word or file
   */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** How many positional arguments it takes. */
  readonly positionals: { readonly min: number; readonly max: number };
  /**
   * Does it, and answers the exit code.
   *
   * @param groups every command there is, for those that tell of others
   */
  run(invocation: Invocation, terminal: Terminal, groups: readonly CommandGroup[]): Promise<number>;
}

/** Commands under one heading of `relay --help`. */
export interface CommandGroup {
  readonly title: string;
  /** By name, each loaded when it is used: a command must not pay for the libraries of the others. */
  readonly commands: Readonly<Record<string, () => { readonly command: Command }>>;
}

/** The command of that name; undefined when there is none. */
export function findCommand(name: string, groups: readonly CommandGroup[]): Command | undefined {
  const group = groups.find(({ commands }) => Object.hasOwn(commands, name));
  return group?.commands[name]?.().command;
}

/** The names of all commands, in the order of the help. */
export function commandNames(groups: readonly CommandGroup[]): readonly string[] {
  return groups.flatMap(({ commands }) => Object.keys(commands));
}

/** A mistake of the caller's or of the environment's: told in words, without a stack trace. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** A string option's value; undefined when it was not given. */
export function stringOption(invocation: Invocation, name: string): string | undefined {
  const value = invocation.values[name];
  return typeof value === "string" ? value : undefined;
}

/** A port option's value. 0 asks for a free port. */
export function portOption(invocation: Invocation, name: string, fallback: number): number {
  const value = stringOption(invocation, name);
  if (value === undefined) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CommandError(`--${name} takes a port from 0 (any free one) to 65535, not "${value}".`);
}
