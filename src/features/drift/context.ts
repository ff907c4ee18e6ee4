/** The context of every drift rule besides its difference, and shared sentences. */
import type { FindingId } from "../../report/catalogue";
import { type Finding, found } from "../../report/finding";
import { codeMoved, type Difference } from "./differences";
import type { EnvironmentLook, GladlyLook, NotKnown, RelayLook, StackFinding } from "./observation";

export interface DriftContext {
  readonly stack: string;
  /** Undefined for a foundation. */
  readonly environment?: EnvironmentLook;
  /** What Gladly has; undefined where that is not known. */
  readonly gladly?: GladlyLook;
  /** The relay's own notes; undefined if they were not read. */
  readonly relay?: RelayLook | NotKnown;
  /** When Gladly and AWS were read, milliseconds since the epoch; undefined for a plan of unknown age. */
  readonly now?: number;
}

/** The command that reverts what was changed. */
export function applyCommand({ stack }: DriftContext): string {
  return `\`npx cdktf apply ${stack}\``;
}

/** For a part that was changed outside and in the code: an apply does not simply revert it. */
export function codeMovedToo(difference: Difference, path: string): string | undefined {
  return codeMoved(difference, path) ? "The code changed it too, and that change is not applied yet." : undefined;
}

/** A finding of drift about one resource. */
export function driftFinding(
  difference: Pick<Difference, "address">,
  id: FindingId,
  about: Omit<Finding, "id" | "severity" | "resource">,
): StackFinding {
  return { kind: "drift", finding: found(id, { ...about, resource: difference.address }) };
}

/** Sentences to one text; what is undefined or empty is left out. */
export function sentences(...texts: readonly (string | undefined)[]): string {
  return texts.filter(Boolean).join(" ");
}
