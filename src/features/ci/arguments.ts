/** Reads the arguments of a step. */
import { CommandError, type Invocation } from "../../cli/command";

/** @throws CommandError unless there is exactly one argument for each name */
export function argumentsOf(invocation: Invocation, action: string, ...names: readonly string[]): readonly string[] {
  if (invocation.positionals.length === names.length) return invocation.positionals;
  const missing = names[invocation.positionals.length];
  const wrong =
    missing === undefined
      ? `there is one argument too many: "${invocation.positionals[names.length]}".`
      : `the argument <${missing}> is missing.`;
  throw new CommandError(`${wrong}\nUsage: relay ci ${[action, ...names.map((name) => `<${name}>`)].join(" ")}`);
}
