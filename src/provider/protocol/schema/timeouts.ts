/** The `timeouts` attribute: Terraform's protocol has no time limits, so providers agree on this form. */
import type { ObjectValue } from "../values/value";
import { isObject } from "../values/value";
import type { Attributes } from "./attribute";
import { nested, string } from "./attributes";
import { validator } from "./validator";

/** An operation that can have its own time limit. */
export type Operation = "create" | "read" | "update" | "delete";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/** The milliseconds of a duration such as `30s` or `1m30s`; undefined if it is invalid. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  return [...text.matchAll(PART)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
}

const duration = validator<string>("a duration such as `30s` or `2m`", (value) => {
  const parsed = parseDuration(value);
  return parsed === undefined || parsed <= 0 ? `${JSON.stringify(value)} is not a duration above zero.` : undefined;
});

/** An attribute with a time limit for each operation. Its description has the default. */
export function timeouts(limit: string) {
  const operation = (verb: string) =>
    string({
      optional: true,
      description: `Time for ${verb}, with all retries. Default ${limit}.`,
      validators: [duration],
    });
  const attributes = {
    create: operation("creating"),
    read: operation("reading"),
    update: operation("updating"),
    delete: operation("deleting"),
  };
  return nested(attributes, {
    optional: true,
    description: "Time limits of the operations, as durations such as `30s` or `2m`.",
  });
}

/** The limit that an object sets for an operation, in milliseconds; undefined if it sets none. */
export function timeoutOf(attributes: Attributes, object: ObjectValue, operation: Operation): number | undefined {
  const limits = "timeouts" in attributes ? object.timeouts : undefined;
  const text = isObject(limits) ? limits[operation] : undefined;
  return typeof text === "string" ? parseDuration(text) : undefined;
}
