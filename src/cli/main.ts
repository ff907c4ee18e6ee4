/** The `relay` command: how an invocation finds its command, and what is told when it fails. */
import { types } from "node:util";
import { packageVersion } from "../contract/locations";
import { printable, printableLines } from "../report/printable";
import { readArguments } from "./arguments";
import { type CommandGroup, commandNames, EXIT, findCommand, type Terminal } from "./command";
import { commandHelp, overview } from "./help";
import { didYouMean } from "./nearest";
import { processTerminal } from "./terminal";

/** Runs one invocation and answers its exit code. */
export async function runCommandLine(
  groups: readonly CommandGroup[],
  args: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h") return print(overview(groups), terminal);
  if (name === "--version" || name === "-v") return print(`${packageVersion()}\n`, terminal);
  if (name === "help") return help(rest, terminal, groups);
  const command = findCommand(name, groups);
  if (command === undefined) return unknownCommand(name, terminal, groups);
  try {
    const invocation = readArguments(name, command, rest);
    if (invocation.values.help === true) return print(commandHelp(name, command), terminal);
    return await command.run(invocation, terminal, groups);
  } catch (error) {
    terminal.err(`relay ${name}: ${printableLines(isExpected(error) ? error.message : defect(error))}\n`);
    return EXIT.failed;
  }
}

function print(text: string, terminal: Terminal): number {
  terminal.out(text);
  return EXIT.ok;
}

function help([name]: readonly string[], terminal: Terminal, groups: readonly CommandGroup[]): number {
  if (name === undefined) return print(overview(groups), terminal);
  const command = findCommand(name, groups);
  return command === undefined ? unknownCommand(name, terminal, groups) : print(commandHelp(name, command), terminal);
}

function unknownCommand(name: string, terminal: Terminal, groups: readonly CommandGroup[]): number {
  const hint = name.startsWith("-") ? "" : didYouMean(name, commandNames(groups));
  terminal.err(`relay: there is no command "${printable(name)}".${hint} \`relay --help\` lists them.\n`);
  return EXIT.failed;
}

/** What nobody foresaw: the trace is for who mends it, the words before it for who reads it at night. */
function defect(error: unknown): string {
  const trace = types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
  return `stopped by a defect of its own; nothing here says what to do. Please report it with these lines:\n${trace}`;
}

/** Errors whose message is meant for the person at the terminal. */
function isExpected(error: unknown): error is Error {
  if (!types.isNativeError(error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return EXPECTED.has(error.name) || code === "EADDRINUSE";
}

/** By name, so that a command's libraries are not loaded to tell whether an error is one of theirs. */
const EXPECTED = new Set([
  "CommandError",
  "SynthFailed",
  "TerraformFailed",
  "EngineMissing",
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
