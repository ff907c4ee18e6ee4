/** Prints what a command without a report found or did. */
import { jsonText } from "../contract/json";
import type { Invocation, Terminal } from "./command";

/**
 * Prints JSON with `--json`, and text for a person without it.
 *
 * @param result for scripts
 * @param text for a person, with its line breaks
 */
export function writeAnswer(invocation: Invocation, terminal: Terminal, result: unknown, text: () => string): void {
  terminal.out(invocation.values.json === true ? jsonText(result) : text());
}
