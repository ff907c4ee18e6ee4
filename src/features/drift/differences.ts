/**
 * What a plan after a refresh says about each resource: what was changed outside of Terraform since the last apply, and
 * what the code would change.
 *
 * Terraform prints the first as `resource_drift` (the state against what was read) and the second as `resource_changes`
 * (what was read against the code). Not all drift matters: a service may change an attribute by itself at any time. Drift
 * matters where the plan would revert it, or where a rule for that type of resource says so.
 */

import { type Change, readChanges } from "../../terraform/change";
import type { Plan } from "../../terraform/plan";
import { UNKNOWN } from "../../terraform/value";

export interface Difference {
  readonly address: string;
  /** Terraform's type, such as `gladly_webhook`. */
  readonly type: string;
  /** From the last apply to now; undefined where nothing was changed outside. */
  readonly outside?: Change;
  /** From now to what the code says; undefined where an apply would do nothing, and where the plan was not finished. */
  readonly planned?: Change;
  /** The plan ended with an error before it came to this resource: an apply may change all of it back. */
  readonly unfinished?: true;
}

/** Every managed resource that is not as the state or the code has it, in the plan's order. */
export function differences(plan: Plan): readonly Difference[] {
  const read = readChanges(plan);
  const drifted = new Map(read.drift.map((change) => [change.address, change]));
  const waiting = [...read.planned, ...read.deposed, ...read.deferred.map(({ change }) => change)].filter(isPlanned);
  const planned = new Map(waiting.map((change) => [change.address, change]));
  return [...new Set([...drifted.keys(), ...planned.keys()])].map((address) => {
    const outside = drifted.get(address);
    const change = planned.get(address);
    const type = (outside ?? change)?.type ?? "";
    const unfinished = plan.errored && change === undefined ? ({ unfinished: true } as const) : {};
    return { address, type, ...(outside && { outside }), ...(change && { planned: change }), ...unfinished };
  });
}

function isPlanned({ action, adopted, movedFrom }: Change): boolean {
  return (action !== "no-op" && action !== "read") || adopted || movedFrom !== undefined;
}

/** Whether an apply would leave the resource as it is. */
export function isLeft({ planned, unfinished }: Difference): boolean {
  return planned === undefined && !unfinished;
}

/** Parts that were changed outside and that an apply would change back, as paths. */
export function undone({ outside, planned, unfinished }: Difference): readonly string[] {
  if (unfinished) return pathsOf(outside);
  const changes = new Set(knownPaths(planned));
  return pathsOf(outside).filter((path) => changes.has(path));
}

/** Parts that the code changes and that were not changed outside. */
export function merged({ outside, planned }: Difference): readonly string[] {
  const drifted = new Set(pathsOf(outside));
  return knownPaths(planned).filter((path) => !drifted.has(path));
}

/** Whether an apply gives a part another value than it had at the last apply: the code changed too. */
export function codeMoved({ outside, planned, unfinished }: Difference, path: string): boolean {
  if (unfinished) return false;
  const was = outside?.differences.flatMap((part) => (part.path === path ? (part.before ?? []) : []));
  const will = planned?.differences.flatMap((part) => (part.path === path ? (part.after ?? []) : []));
  const plain = (values: readonly string[] | undefined) => JSON.stringify((values ?? []).map(withoutNote).sort());
  return plain(was) !== plain(will);
}

/** A changed secret is shown with a note. */
function withoutNote(shown: string): string {
  return shown.replace(/, another one$/, "");
}

function pathsOf(change: Change | undefined): readonly string[] {
  return [...new Set(change?.differences.map(({ path }) => path))];
}

/** A value that is known only after an apply follows from something else. */
function knownPaths(change: Change | undefined): readonly string[] {
  return [...new Set(change?.differences.flatMap(({ path, after }) => (after === UNKNOWN ? [] : [path])))];
}
