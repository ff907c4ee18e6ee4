/**
 * The output of a provider that crashes. Terraform shows it as "The … plugin crashed!" with the stack only if it begins like
 * a Go panic. Otherwise the user sees "Plugin did not respond" (docs/vendors/terraform-provider.md section 3).
 */
import { writeSync } from "node:fs";

/** The text for standard error, not masked yet. */
export function crashText(error: unknown): string {
  const head = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return `panic: ${head}\n\n${stack}\n`;
}

/**
 * Ends the process with the crash text on any unhandled error.
 *
 * @returns a function that sets the mask for that text, once secrets are known
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
