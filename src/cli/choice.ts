/** A choice from a list of words. */
import { didYouMean } from "../contract/nearest";
import { CommandError } from "./command";

/**
 * The word, if the list has it.
 *
 * @param what the argument or option as typed: `--format`
 * @param given the typed value; undefined if there is none
 * @throws CommandError with the list, and with a similar word if there is one
 */
export function chosenFrom<T extends string>(what: string, given: string | undefined, known: readonly T[]): T {
  const found = known.find((word) => word === given);
  if (found !== undefined) return found;
  const list = known.join(", ");
  if (given === undefined) throw new CommandError(`${what} is missing. It takes one of: ${list}.`);
  throw new CommandError(`${what} takes one of: ${list}. "${given}" is none of them.${didYouMean(given, known)}`);
}
