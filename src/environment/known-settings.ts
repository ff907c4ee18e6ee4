/** Lists the settings of a schema at a path, to suggest one for a misspelt setting. */
import type { z } from "zod";

/** @returns an empty list if the path does not lead to an object */
export function knownSettings(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const [key, ...rest] = path;
  const found = objectsOf(schema);
  if (key === undefined) return found.flatMap((shape) => Object.keys(shape));
  return found.flatMap((shape) => {
    const inner = shape[String(key)];
    return inner === undefined ? [] : knownSettings(inner, rest);
  });
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;

/** Every object inside a schema, through optional, refined and union schemas. */
function objectsOf(schema: z.core.$ZodType): readonly Shape[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object":
      return [def.shape];
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
      return objectsOf(def.innerType);
    case "pipe":
      return objectsOf(def.in);
    case "union":
      return def.options.flatMap(objectsOf);
    default:
      return [];
  }
}
