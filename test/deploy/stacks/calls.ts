/** Tables of calls with titles. */
import type { Call } from "./iam";

export const call = (action: string, resource: string, context?: Call["context"]): Call => ({
  action,
  resource,
  ...(context === undefined ? {} : { context }),
});

export type Case = readonly [who: string, may: (call: Call) => boolean, call: Call];

/** For `it.each("%s may %s on %s")`. */
export const callTable = (cases: readonly Case[]) =>
  cases.map(
    ([who, may, asked]) => [who, asked.action, asked.resource.split(":").slice(5).join(":"), may, asked] as const,
  );
