/** The changes of a plan, in the form that findings are derived from. They contain no sensitive values. */
import { type Marks, marksOf } from "./marks";
import type { Plan, ResourceChange } from "./plan";
import { at, type Leaf, leaves, UNKNOWN, visible } from "./value";

/** What Terraform does. `replace-forget`: it creates a new object, and the existing one stays outside of the state. */
export type Action =
  | "create"
  | "update"
  | "replace"
  | "replace-forget"
  | "delete"
  | "forget"
  | "read"
  | "no-op"
  | "unknown";

/** A part of a resource that differs. A side is missing if it has no value. */
export interface Difference {
  /** `environment[0].variables.RELAY_SURVEY_MODE` */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Change {
  readonly address: string;
  /** The address without an index: the resource's name in the code. */
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly action: Action;
  /** The current object; empty for a new one. */
  readonly before: object;
  /** The planned object; empty for a deleted one. */
  readonly after: object;
  readonly differences: readonly Difference[];
  /** Paths that force a replacement. */
  readonly forcedBy: readonly string[];
  /** Terraform's own reason for the action. */
  readonly reason?: string;
  /** Whether it is imported. */
  readonly adopted: boolean;
  readonly movedFrom?: string;
  /** Key of an object that is left over from an earlier replacement, not the resource itself. */
  readonly deposed?: string;
}

export interface PlanChanges {
  /** What the plan does to each managed resource, including those that do not change. */
  readonly planned: readonly Change[];
  /** Objects left over from earlier replacements. */
  readonly deposed: readonly Change[];
  /** Changes made outside of Terraform since the last apply. */
  readonly drift: readonly Change[];
  /** Changes that Terraform defers to a later plan, with its own reason. */
  readonly deferred: readonly { readonly change: Change; readonly reason: string }[];
}

/** Hides a value if any part of the plan marks it for that resource. */
export function readChanges(plan: Plan): PlanChanges {
  const managed = (resources: readonly ResourceChange[]) => resources.filter(({ mode }) => mode === "managed");
  const deferrals = plan.deferred_changes.filter(({ resource_change: { mode } }) => mode === "managed");
  const lists = [plan.resource_changes, plan.resource_drift, deferrals.map((one) => one.resource_change)];
  const shapes = new Map<string, unknown[]>();
  for (const { address, change } of lists.flat()) {
    const known = shapes.get(address) ?? [];
    shapes.set(address, known);
    known.push(change.before_sensitive, change.after_sensitive);
  }
  const read = (resource: ResourceChange) => readChange(resource, marksOf(shapes.get(resource.address) ?? []));
  const all = managed(plan.resource_changes).map(read);
  return {
    planned: all.filter(({ deposed }) => deposed === undefined),
    deposed: all.filter(({ deposed }) => deposed !== undefined),
    drift: managed(plan.resource_drift).map(read),
    deferred: deferrals.map(({ reason = "unknown", resource_change }) => ({ change: read(resource_change), reason })),
  };
}

function readChange(resource: ResourceChange, marks: Marks): Change {
  const { address, type, name, change, action_reason: reason, previous_address: movedFrom, deposed } = resource;
  const { before, after, after_unknown: unknown } = change;
  const action = actionOf(change.actions);
  return {
    address: deposed === undefined ? address : `${address} (deposed object ${deposed})`,
    key: `${type}.${name}`,
    type,
    name,
    action,
    before: objectOf(visible(before, marks, undefined)),
    after: objectOf(visible(after, marks, unknown)),
    differences: differences(type, leaves(before, marks, undefined), leaves(after, marks, unknown)),
    forcedBy: (change.replace_paths ?? []).map((path) => path.map(String).join(".")),
    ...(reason === undefined ? {} : { reason }),
    adopted: change.importing !== undefined && change.importing !== null,
    ...(movedFrom === undefined ? {} : { movedFrom }),
    ...(deposed === undefined ? {} : { deposed }),
  };
}

/** @returns `unknown` for actions that no current engine plans */
export function actionOf(actions: readonly string[]): Action {
  switch ([...actions].sort().join()) {
    case "create":
    case "update":
    case "delete":
    case "forget":
    case "read":
    case "no-op":
      return (["create", "update", "delete", "forget", "read"] as const).find((one) => one === actions[0]) ?? "no-op";
    case "create,delete":
      return "replace";
    case "create,forget":
      return "replace-forget";
    default:
      return "unknown";
  }
}

/** Attributes without information of their own: copies of others, and modification times. */
const ECHOES: ReadonlyMap<string, readonly string[]> = new Map([
  ["terraform_data", ["output"]],
  ["gladly_webhook", ["updated_at", "status", "disabled_at_due_to_retry_limit", "has_credentials", "header_keys"]],
  ["aws_lambda_function", ["last_modified", "qualified_arn", "qualified_invoke_arn", "version", "code_sha256"]],
]);

function differences(type: string, before: readonly Leaf[], after: readonly Leaf[]): readonly Difference[] {
  const echoes = new Set(ECHOES.get(type));
  const sides = { before: byPath(before), after: byPath(after) };
  const paths = new Set([...sides.before.keys(), ...sides.after.keys()]);
  return [...paths].flatMap((path) =>
    echoes.has(path.split(/[.[]/)[0] ?? "")
      ? []
      : ofPath(path, sides.before.get(path) ?? [], sides.after.get(path) ?? []),
  );
}

function byPath(leaves: readonly Leaf[]): ReadonlyMap<string, readonly Leaf[]> {
  const found = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const known = found.get(leaf.path);
    if (known === undefined) found.set(leaf.path, [leaf]);
    else known.push(leaf);
  }
  return found;
}

/** Compares the items of a list as a set, because the order in which Terraform prints a set has no meaning. */
function ofPath(path: string, before: readonly Leaf[], after: readonly Leaf[]): readonly Difference[] {
  const had = new Set(before.map(({ raw }) => raw));
  const has = new Set(after.map(({ raw }) => raw));
  const removed = before.filter(({ raw }) => !has.has(raw));
  const added = after.filter(({ raw }) => !had.has(raw));
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => {
    const from = removed[index]?.shown;
    const to = added[index]?.shown;
    return {
      path,
      ...(from === undefined ? {} : { before: from }),
      ...(to === undefined ? {} : { after: to === from ? `${to}, another one` : to }),
    };
  });
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** Whether something at or below a path differs. A path without indexes matches any. */
export function differs(change: Change, path: string): boolean {
  return change.differences.some((found) => {
    const plain = found.path.replace(/\[[^\]]*\]/g, "");
    return plain === path || plain.startsWith(`${path}.`);
  });
}

/** A text at a path in a value; undefined if there is none, or if it is not known before apply. */
export function text(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = path.reduce<unknown>(at, value);
  return typeof found === "string" && found !== "" && found !== UNKNOWN ? found : undefined;
}

export function number(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = path.reduce<unknown>(at, value);
  return typeof found === "number" ? found : undefined;
}

/** The texts of a list. */
export function texts(value: unknown, ...path: readonly (string | number)[]): readonly string[] {
  const found = path.reduce<unknown>(at, value);
  if (typeof found === "string") return [found];
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}
