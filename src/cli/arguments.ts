/** Reads a command's arguments and reports errors in them. */
import { parseArgs } from "node:util";
import { didYouMean } from "../contract/nearest";
import { type Command, CommandError, type Invocation } from "./command";

/** The command has wrong arguments. The message ends with the usage line. */
export class UsageError extends CommandError {}

export const HELP_OPTION = { help: { type: "boolean", short: "h" } } as const;

/**
 * @param args what follows the command's name
 * @throws UsageError
 */
export function readArguments(name: string, command: Command, args: readonly string[]): Invocation {
  const options: Command["options"] = { ...command.options, ...HELP_OPTION };
  // Not strict: Node's own message for a wrong option suggests no other option and has no usage line.
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const fail = (words: string) => new UsageError(`${words}\n${usageLine(name, command)}`);
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      const known = Object.keys(options).map((each) => `--${each}`);
      const dashed = command.positionals.max > 0 ? " An argument that begins with a dash is written after --" : "";
      const hint = token.rawName.startsWith("--") ? didYouMean(token.rawName, known) : dashed;
      throw fail(`there is no option ${token.rawName}.${hint}`);
    }
    if (option.type === "boolean" && token.value !== undefined) throw fail(`${token.rawName} takes no value.`);
    if (option.type === "string" && !hasValue(token)) {
      const dash = token.value === undefined ? "" : ` If it begins with a dash: --${token.name}=${token.value}`;
      throw fail(`${token.rawName} needs a value.${dash}`);
    }
  }
  if (values.help === true) return { positionals, values };
  const { min, max } = command.positionals;
  const [surplus] = positionals.slice(max);
  if (surplus !== undefined) throw fail(`there is one argument too many: "${surplus}".`);
  if (positionals.length < min) {
    throw fail(`the argument ${argumentsOfUsage(command.usage)[positionals.length]} is missing.`);
  }
  return { positionals, values };
}

/** An option whose value would be the next option has no value. */
function hasValue(token: { readonly value: string | undefined; readonly inlineValue: boolean | undefined }): boolean {
  if (token.value === undefined) return false;
  return token.inlineValue === true || token.value === "-" || !token.value.startsWith("-");
}

/** The arguments of a usage line before its first option: `put|rotate`, `<environment>`. */
export function argumentsOfUsage(usage: string): readonly string[] {
  const [written = ""] = usage.split(/(?:^| )\[?--/);
  return written.match(/\[?<[^>]*>(?:\.\.\.)?\]?(?:\.\.\.)?|\S+/g) ?? [];
}

export function usageLine(name: string, command: Command): string {
  return `Usage: relay ${name} ${command.usage}`.trimEnd();
}
