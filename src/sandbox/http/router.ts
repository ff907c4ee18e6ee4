/** Finds the route of a request. Paths are written as in an OpenAPI description: `/api/v1/webhooks/{webhookId}`. */
import type { Call, Reply } from "./exchange";

/** Values of the path's variables, decoded. */
export class PathValues {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  get(name: string): string {
    const value = this.values.get(name);
    if (value === undefined) throw new Error(`The path of this route has no variable {${name}}.`);
    return value;
  }
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly handle: (call: Call, path: PathValues) => Reply | Promise<Reply>;
}

export type Found =
  | { readonly kind: "route"; readonly route: Route; readonly values: PathValues }
  /** The path exists with other methods. */
  | { readonly kind: "other-methods"; readonly allowed: readonly string[] }
  | { readonly kind: "nothing" };

/** Shortens route tables. */
export function route(method: string, path: string, handle: Route["handle"]): Route {
  return { method, path, handle };
}

export class Router {
  constructor(readonly routes: readonly Route[]) {}

  find(method: string, path: string): Found {
    const allowed: string[] = [];
    for (const candidate of this.routes) {
      const values = match(candidate.path, path);
      if (values === undefined) continue;
      if (candidate.method === method) return { kind: "route", route: candidate, values: new PathValues(values) };
      allowed.push(candidate.method);
    }
    return allowed.length > 0 ? { kind: "other-methods", allowed } : { kind: "nothing" };
  }
}

function match(pattern: string, path: string): Map<string, string> | undefined {
  const expected = pattern.split("/");
  const actual = path.split("/");
  if (expected.length !== actual.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, part] of expected.entries()) {
    const value = actual[index] ?? "";
    if (part.startsWith("{") && part.endsWith("}")) {
      if (value === "") return undefined;
      values.set(part.slice(1, -1), decode(value));
    } else if (part !== value) return undefined;
  }
  return values;
}

/** A stray percent sign must not fail the request. Such a path matches no record. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
