/** What every rule about drift knows besides the difference it judges, and the words that they share. */
import type { Finding } from "../../report/report";
import { codeMoved, type Difference } from "./differences";
import type { EnvironmentLook, GladlyLook, StackFinding } from "./observation";

export interface DriftContext {
  readonly stack: string;
  /** Undefined for a foundation. */
  readonly environment?: EnvironmentLook;
  /** What Gladly has; undefined where that is not known. */
  readonly gladly?: GladlyLook;
  /** When it was looked, milliseconds since the epoch. */
  readonly now: number;
}

/** The command that puts things back. */
export function applyCommand({ stack }: DriftContext): string {
  return `\`npx cdktf apply ${stack}\``;
}

/** Said where the world and the code both moved: an apply does not simply put back what was. */
export function codeMovedToo(difference: Difference, path: string): string | undefined {
  return codeMoved(difference, path)
    ? "The code says something else again: a change of it is merged and not applied yet."
    : undefined;
}

/** A finding of drift about one resource. */
export function driftFinding(difference: Difference, finding: Omit<Finding, "resource">): StackFinding {
  return { kind: "drift", finding: { ...finding, resource: difference.address } };
}

/** Sentences to one text; what is undefined or empty is left out. */
export function sentences(...texts: readonly (string | undefined)[]): string {
  return texts.filter(Boolean).join(" ");
}
