/** Finds the route of a request. Paths are written as in an OpenAPI description: `/api/v1/webhooks/{webhookId}`. */
import { type Call, empty, type Reply } from "./exchange";

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

/** Shortens route tables. */
export function route(method: string, path: string, handle: Route["handle"]): Route {
  return { method, path, handle };
}

export class Router {
  constructor(readonly routes: readonly Route[]) {}

  /** A function that answers the request. Undefined if there is no route for it. */
  find(call: Call): (() => Reply | Promise<Reply>) | undefined {
    for (const { method, path, handle } of this.routes) {
      const values = method === call.method ? match(path, call.path) : undefined;
      if (values !== undefined) return () => handle(call, new PathValues(values));
    }
    return undefined;
  }

  /** The route's answer. Without a route: 405 if the path has other methods, else 404. */
  async answer(call: Call): Promise<Reply> {
    const act = this.find(call);
    if (act !== undefined) return act();
    const others = this.routes.filter(({ path }) => match(path, call.path) !== undefined);
    return others.length === 0 ? empty(404) : empty(405, { allow: others.map(({ method }) => method).join(", ") });
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
