/** The arguments of a step of a pipeline. */
import { CommandError, type Invocation } from "../../cli/command";

/** @throws CommandError unless there are exactly as many arguments as are named */
export function argumentsOf(invocation: Invocation, action: string, ...names: readonly string[]): readonly string[] {
  if (invocation.positionals.length === names.length) return invocation.positionals;
  throw new CommandError(`${action} takes ${names.map((name) => `<${name}>`).join(" ")}. See \`relay ci --help\`.`);
}
