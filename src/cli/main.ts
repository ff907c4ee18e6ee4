/** The `relay` command: runs the command of an invocation, and prints its errors. */
import { types } from "node:util";
import { fileFault } from "../contract/file-fault";
import { packageVersion } from "../contract/locations";
import { didYouMean } from "../contract/nearest";
import { printable, printableLines } from "../report/printable";
import { readArguments } from "./arguments";
import { type CommandGroup, commandNames, EXIT, findCommand, type Terminal } from "./command";
import { commandHelp, overview } from "./help";
import { processTerminal } from "./terminal";

/** Runs one invocation and returns its exit code. */
export async function runCommandLine(
  groups: readonly CommandGroup[],
  args: readonly string[],
  terminal: Terminal = processTerminal(),
  /** The output without a command. @default the list of commands */
  withoutCommand: (terminal: Terminal) => Promise<string> = async ({ columns }) => overview(groups, columns),
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    return withoutCommand(terminal).then(
      (text) => print(text, terminal),
      (error: unknown) => failed("relay", error, terminal),
    );
  }
  if (name === "--help" || name === "-h") return print(overview(groups, terminal.columns), terminal);
  if (name === "--version" || name === "-v") return print(`${packageVersion()}\n`, terminal);
  if (name === "help") return help(rest, terminal, groups);
  const command = findCommand(name, groups);
  if (command === undefined) return unknownCommand(name, terminal, groups);
  try {
    const invocation = readArguments(name, command, rest);
    if (invocation.values.help === true) return print(commandHelp(name, command, terminal.columns), terminal);
    return await command.run(invocation, terminal, groups);
  } catch (error) {
    return failed(`relay ${name}`, error, terminal);
  }
}

function failed(what: string, error: unknown, terminal: Terminal): number {
  const message = isExpected(error) ? error.message : (systemFault(error) ?? defect(error));
  terminal.err(`${what}: ${printableLines(message)}\n`);
  return EXIT.failed;
}

function print(text: string, terminal: Terminal): number {
  terminal.out(text);
  return EXIT.ok;
}

function help([name]: readonly string[], terminal: Terminal, groups: readonly CommandGroup[]): number {
  if (name === undefined) return print(overview(groups, terminal.columns), terminal);
  const command = findCommand(name, groups);
  return command === undefined
    ? unknownCommand(name, terminal, groups)
    : print(commandHelp(name, command, terminal.columns), terminal);
}

function unknownCommand(name: string, terminal: Terminal, groups: readonly CommandGroup[]): number {
  const hint = name.startsWith("-") ? "" : didYouMean(name, commandNames(groups));
  terminal.err(`relay: there is no command "${printable(name)}".${hint} \`relay --help\` lists them.\n`);
  return EXIT.failed;
}

/** The message of an operating system error, with the file. */
function systemFault(error: unknown): string | undefined {
  const fault = fileFault(error);
  const path: unknown = Reflect.get(Object(error), "path");
  return fault === undefined ? undefined : `${typeof path === "string" ? `${path}: ` : ""}${fault}.`;
}

/** An unexpected error, with its stack trace for the maintainers. */
function defect(error: unknown): string {
  const trace = types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
  return `Internal error. Please report it with the lines below.\n${trace}`;
}

/** Errors whose message is meant for the person at the terminal. */
function isExpected(error: unknown): error is Error {
  if (!types.isNativeError(error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return EXPECTED.has(error.name) || code === "EADDRINUSE";
}

/** By name, so that no command's libraries are loaded to recognise their errors. */
const EXPECTED = new Set([
  "CommandError",
  "SynthFailed",
  "TerraformFailed",
  "EngineMissing",
  "StateMoved",
  "SandboxPortInUse",
  "DatabaseUnusable",
  "HomeTaken",
  "ConfigurationUnusable",
  "SecretUnreadable",
  "EnvironmentFaults",
  "GladlyRefusal",
  "GladlyUnreachable",
  "GladlyUnexpectedAnswer",
  "StellaReadFailed",
]);
