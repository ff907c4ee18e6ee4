/** Reads and validates the body of a control request. */
import * as z from "zod";
import type { Call } from "./exchange";

/** A control request that cannot be served. Answered with `status`, 400 by default. */
export class InvalidControl extends Error {
  override readonly name = "InvalidControl";
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/**
 * The validated body. An empty body counts as `{}`.
 *
 * @throws InvalidControl
 */
export function controlBody<T>(call: Call, schema: z.ZodType<T>): T {
  const text = call.body.toString("utf8").trim();
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new InvalidControl(`The body of ${call.method} ${call.path} is not JSON.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidControl(`The body of ${call.method} ${call.path} is invalid:\n${z.prettifyError(parsed.error)}`);
}

/**
 * The settings with the changes from the body. Objects are merged, other values are replaced. The schema checks the
 * result, so a misspelled setting is an error.
 */
export function changedSettings<T>(call: Call, schema: z.ZodType<T>, current: T): T {
  const change = controlBody(call, z.record(z.string(), z.unknown()));
  const parsed = schema.safeParse(merged(current, change));
  if (parsed.success) return parsed.data;
  throw new InvalidControl(`The settings are invalid:\n${z.prettifyError(parsed.error)}`);
}

function merged(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) result[key] = key in base ? merged(base[key], value) : value;
  return result;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
