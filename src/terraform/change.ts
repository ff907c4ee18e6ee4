/** One resource's change, as findings are looked for in it: nothing in it that nobody may see. */
import type { ResourceChange } from "./plan";
import { at, leaves, UNKNOWN, visible } from "./value";

export type Action = "create" | "update" | "replace" | "delete" | "forget" | "read" | "no-op";

/** A part of a resource that differs; a side is missing where there is nothing. */
export interface Difference {
  /** `environment[0].variables.RELAY_SURVEY_MODE` */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Change {
  readonly address: string;
  /** Without an index: what the resource is called in the code. */
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly action: Action;
  /** What is there; an empty object for a new one. */
  readonly before: object;
  /** What will be there; an empty object for one that goes. */
  readonly after: object;
  readonly differences: readonly Difference[];
  /** What forces a replacement, as paths. */
  readonly forcedBy: readonly string[];
  /** Why Terraform acts, in its own word. */
  readonly reason?: string;
  /** Made elsewhere, and taken over. */
  readonly adopted: boolean;
  readonly movedFrom?: string;
}

export function readChange(resource: ResourceChange): Change {
  const { address, type, name, change, action_reason: reason, previous_address: movedFrom } = resource;
  const { before, after, before_sensitive: hidden, after_sensitive: hides, after_unknown: unknown } = change;
  const action = actionOf(change.actions);
  return {
    address,
    key: `${type}.${name}`,
    type,
    name,
    action,
    before: objectOf(visible(before, hidden, undefined)),
    after: objectOf(visible(after, hides, unknown)),
    differences: differences(type, leaves(before, hidden, undefined), leaves(after, hides, unknown)),
    forcedBy: (change.replace_paths ?? []).map((path) => path.map(String).join(".")),
    ...(reason === undefined ? {} : { reason }),
    adopted: change.importing !== undefined && change.importing !== null,
    ...(movedFrom === undefined ? {} : { movedFrom }),
  };
}

function actionOf(actions: readonly string[]): Action {
  if (actions.length > 1) return "replace";
  const [only] = actions;
  switch (only) {
    case "create":
    case "update":
    case "delete":
    case "forget":
    case "read":
      return only;
    default:
      return "no-op";
  }
}

/** What says nothing by itself: echoes of other attributes, and times at which something was touched. */
const ECHOES: Readonly<Record<string, readonly string[]>> = {
  terraform_data: ["output"],
  gladly_webhook: ["updated_at", "status", "disabled_at_due_to_retry_limit", "has_credentials", "header_keys"],
  aws_lambda_function: ["last_modified", "qualified_arn", "qualified_invoke_arn", "version", "code_sha256"],
};

interface Sides {
  readonly before: readonly { readonly raw: string; readonly shown: string }[];
  readonly after: readonly { readonly raw: string; readonly shown: string }[];
}

function differences(
  type: string,
  before: ReturnType<typeof leaves>,
  after: ReturnType<typeof leaves>,
): readonly Difference[] {
  const echoes = new Set(ECHOES[type]);
  const paths = new Set([...before, ...after].map(({ path }) => path));
  return [...paths].flatMap((path) => {
    if (echoes.has(path.split(/[.[]/)[0] ?? "")) return [];
    const sides = {
      before: before.filter((leaf) => leaf.path === path),
      after: after.filter((leaf) => leaf.path === path),
    };
    return ofPath(path, sides);
  });
}

/** Items of a list are compared as a set: Terraform's own order of a set means nothing. */
function ofPath(path: string, { before, after }: Sides): readonly Difference[] {
  const gone = before.filter(({ raw }) => !after.some((other) => other.raw === raw));
  const come = after.filter(({ raw }) => !before.some((other) => other.raw === raw));
  const pairs = Math.max(gone.length, come.length);
  return Array.from({ length: pairs }, (_, index) => {
    const from = gone[index]?.shown;
    const to = come[index]?.shown;
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

/** Whether something at or below a path differs; a path without indexes fits any. */
export function differs(change: Change, path: string): boolean {
  return change.differences.some((found) => {
    const plain = found.path.replace(/\[[^\]]*\]/g, "");
    return plain === path || plain.startsWith(`${path}.`);
  });
}

/** A text somewhere in a value; undefined where there is none, or it is not known before apply. */
export function text(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = path.reduce<unknown>(at, value);
  return typeof found === "string" && found !== "" && found !== UNKNOWN ? found : undefined;
}

export function number(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = path.reduce<unknown>(at, value);
  return typeof found === "number" ? found : undefined;
}

/** Texts of a list. */
export function texts(value: unknown, ...path: readonly (string | number)[]): readonly string[] {
  const found = path.reduce<unknown>(at, value);
  if (typeof found === "string") return [found];
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}
