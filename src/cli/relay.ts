/** The `relay` command: its table of contents, and how an invocation finds its command. */
import { parseArgs, types } from "node:util";
import { type Command, CommandError, EXIT, type Terminal } from "./command";
import { processTerminal } from "./terminal";

/** Loaded when used: a command must not pay for the libraries of the others. */
const COMMANDS: Readonly<Record<string, () => { readonly command: Command }>> = {
  cost: () => require("./cost"),
  diagram: () => require("./diagram"),
  explain: () => require("./explain"),
  pause: () => require("./pause"),
  reconcile: () => require("./reconcile"),
  replay: () => require("./replay"),
  resume: () => require("./resume"),
  sandbox: () => require("./sandbox"),
  secrets: () => require("./secrets"),
  serve: () => require("./serve"),
  tour: () => require("./tour"),
};

/** Runs one invocation and answers its exit code. */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") return listCommands(terminal);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    terminal.err(`relay: there is no command "${name}". See \`relay --help\`.\n`);
    return EXIT.failed;
  }
  const { command } = load();
  try {
    return await invoke(name, command, rest, terminal);
  } catch (error) {
    if (!isExpected(error)) throw error;
    terminal.err(`relay ${name}: ${error.message}\n`);
    return EXIT.failed;
  }
}

async function invoke(name: string, command: Command, args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...command.options, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
    strict: true,
  });
  if (values.help) {
    terminal.out(`Usage: relay ${name} ${command.usage}\n\n${command.help.trim()}\n`);
    return EXIT.ok;
  }
  const { min, max } = command.positionals;
  if (positionals.length < min || positionals.length > max) {
    throw new CommandError(`takes ${command.usage}. See \`relay ${name} --help\`.`);
  }
  return command.run({ positionals, values }, terminal);
}

function listCommands(terminal: Terminal): number {
  const rows = Object.entries(COMMANDS).map(([name, load]) => `  ${name.padEnd(10)} ${load().command.summary}`);
  terminal.out(
    [
      "Customer surveys between Gladly and Stella Connect, as code.",
      "",
      "Usage: relay <command> [options]",
      "",
      ...rows,
      "",
      "`relay <command> --help` tells more. The daily work is `npx cdktf plan|apply|destroy <environment>`.",
      "",
    ].join("\n"),
  );
  return EXIT.ok;
}

/** Errors whose message is meant for the person at the terminal. */
function isExpected(error: unknown): error is Error {
  if (!types.isNativeError(error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return EXPECTED.has(error.name) || code === "EADDRINUSE" || code.startsWith("ERR_PARSE_ARGS");
}

/** By name, so that a command's libraries are not loaded to tell whether an error is one of theirs. */
const EXPECTED = new Set([
  "CommandError",
  "SynthFailed",
  "TerraformFailed",
  "SandboxPortInUse",
  "DatabaseUnusable",
  "ConfigurationUnusable",
  "SecretUnreadable",
  "EnvironmentFaults",
  "GladlyRefusal",
  "GladlyUnreachable",
]);
