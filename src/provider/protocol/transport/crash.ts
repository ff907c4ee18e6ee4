/**
 * The last words of a provider that broke. Terraform shows them as "The … plugin crashed!" with the stack only when
 * they begin like a Go panic; without that the user sees "Plugin did not respond" (docs/vendors/terraform-provider.md section 3).
 */
import { writeSync } from "node:fs";

/** The text to write to standard error, which is not masked yet. */
export function crashText(error: unknown): string {
  const head = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return `panic: ${head}\n\n${stack}\n`;
}

/**
 * Ends the process with the crash text, whatever went wrong and wherever.
 *
 * @returns what sets the function that takes secrets out of that text, once there are any
 */
export function crashOnFaults(): (mask: (text: string) => string) => void {
  let clean = (text: string): string => text;
  const crash = (error: unknown) => {
    writeSync(2, clean(crashText(error)));
    process.exit(2);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  return (mask) => {
    clean = mask;
  };
}
