/** Defines a command of `relay` and what it gets. */
import type { ParseArgsConfig } from "node:util";

/** The surroundings of a command, so that a test can run it without a process. */
export interface Terminal {
  /** Results: tables, reports, JSON. */
  out(text: string): void;
  /** Everything else: progress, warnings, errors. */
  err(text: string): void;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted on Ctrl-C, on SIGTERM, or when the parent process has ended. */
  readonly stop: AbortSignal;
  /** Whether standard error is a terminal, where lines can be redrawn. */
  readonly interactive: boolean;
  /** Width of standard output in characters. Undefined if it is not a terminal. */
  readonly columns?: number | undefined;
  /** Whether standard output supports colours: a terminal, without NO_COLOR. */
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
  /** Arguments in the usage line: `<environment>`. */
  readonly usage: string;
  /** What it does, its options and examples, for `--help`. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /**
   * Values of an option, by its name, for completion. Those of `--environment`, and of a report's `--format` and
   * `--fail-on`, are known. @default any word or file
   */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** How many positional arguments it takes. */
  readonly positionals: { readonly min: number; readonly max: number };
  /**
   * Runs the command and returns the exit code.
   *
   * @param groups all commands, for those that list others
   */
  run(invocation: Invocation, terminal: Terminal, groups: readonly CommandGroup[]): Promise<number>;
}

/** Commands under one heading of `relay --help`. */
export interface CommandGroup {
  readonly title: string;
  /** By name, each loaded on use: a command must not load the libraries of the others. */
  readonly commands: Readonly<Record<string, () => { readonly command: Command }>>;
}

/** The command with that name; undefined if there is none. */
export function findCommand(name: string, groups: readonly CommandGroup[]): Command | undefined {
  const group = groups.find(({ commands }) => Object.hasOwn(commands, name));
  return group?.commands[name]?.().command;
}

/** The names of all commands, in the order of the help. */
export function commandNames(groups: readonly CommandGroup[]): readonly string[] {
  return groups.flatMap(({ commands }) => Object.keys(commands));
}

/** An error of the caller or the environment. It is shown without a stack trace. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** A string option's value; undefined if it was not given. */
export function stringOption(invocation: Invocation, name: string): string | undefined {
  const value = invocation.values[name];
  return typeof value === "string" ? value : undefined;
}

/**
 * The value of an option that takes a whole number from 1; undefined if it was not given.
 *
 * @throws CommandError
 */
export function wholeNumberOption(invocation: Invocation, name: string, most: number): number | undefined {
  const given = stringOption(invocation, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new CommandError(`--${name} takes a whole number from 1 to ${most.toLocaleString("en-US")}, not "${given}".`);
}

/** A port option's value. 0 means any free port. */
export function portOption(invocation: Invocation, name: string, fallback: number): number {
  const value = stringOption(invocation, name);
  if (value === undefined) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CommandError(`--${name} takes a port from 0 (any free one) to 65535, not "${value}".`);
}
