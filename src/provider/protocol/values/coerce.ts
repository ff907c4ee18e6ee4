/** Converts decoded data (from msgpack or JSON) to a value of a given type, checked at every level. */
import { formatPath, type Path } from "./path";
import { type Type, typeName } from "./type";
import { UNKNOWN, type Value } from "./value";

/** Stands for the map key `__proto__` in decoded msgpack. Terraform's strings contain no NUL. */
export const PROTO_KEY = "\0__proto__";

/** The data has the wrong type. */
export class ValueError extends Error {
  override readonly name = "ValueError";
  constructor(
    /** Where in the data. Empty for the whole. */
    readonly path: Path,
    problem: string,
  ) {
    super(path.length === 0 ? problem : `${formatPath(path)}: ${problem}`);
  }
}

/**
 * Checks data against a type. Missing attributes become null, and unknown attributes are dropped, as an upgraded state needs.
 * `isUnknown` recognises the marker of an unknown value.
 */
export function coerce(type: Type, raw: unknown, isUnknown: (raw: unknown) => boolean, path: Path = []): Value {
  if (raw === null || raw === undefined) return null;
  if (isUnknown(raw)) return UNKNOWN;
  if (typeof type === "string") return primitive(type, raw, path);
  if (type[0] === "list" || type[0] === "set") {
    const inner = type[1];
    if (!Array.isArray(raw)) throw mismatch(type, raw, path);
    return raw.map((item: unknown, index) => coerce(inner, item, isUnknown, [...path, { index }]));
  }
  const record = asRecord(raw);
  if (!record) throw mismatch(type, raw, path);
  if (type[0] === "map") {
    const inner = type[1];
    return Object.fromEntries(
      Object.entries(record).map(([key, item]) => [key, coerce(inner, item, isUnknown, [...path, { key }])]),
    );
  }
  return Object.fromEntries(
    Object.entries(type[1]).map(([attribute, inner]) => [
      attribute,
      coerce(inner, Object.hasOwn(record, attribute) ? record[attribute] : null, isUnknown, [...path, { attribute }]),
    ]),
  );
}

function asRecord(raw: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw) || raw instanceof Uint8Array) return undefined;
  return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key === PROTO_KEY ? "__proto__" : key, item]));
}

function primitive(type: "string" | "number" | "bool", raw: unknown, path: Path): Value {
  switch (type) {
    case "string":
      if (typeof raw === "string") return raw;
      break;
    case "bool":
      if (typeof raw === "boolean") return raw;
      break;
    case "number":
      return number(raw, path);
    default:
      return type satisfies never;
  }
  throw mismatch(type, raw, path);
}

function number(raw: unknown, path: Path): number | bigint {
  if (typeof raw === "bigint") return compact(raw);
  if (typeof raw === "number") return canonical(raw);
  if (typeof raw !== "string") throw mismatch("number", raw, path);
  if (/^-?\d+$/.test(raw)) return compact(BigInt(raw));
  const parsed = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(parsed))
    throw new ValueError(path, `${JSON.stringify(raw)} is not a number`);
  if (!isExact(raw, parsed)) {
    throw new ValueError(path, `${raw} has more digits than a provider can keep. Use at most 15 significant digits`);
  }
  return canonical(parsed);
}

/** Whether the number equals the text exactly: Terraform compares texts, so a lost digit is another value. */
function isExact(text: string, parsed: number): boolean {
  return decimalParts(text) === decimalParts(String(parsed));
}

/** A decimal text without leading and trailing zeros, as digits and exponent. */
function decimalParts(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^([-+]?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text.trim()) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return "0";
  return `${sign === "-" ? "-" : ""}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}

/** One JavaScript value for one number: a whole number beyond 2^53 is always a bigint, however it arrived. */
function canonical(value: number): number | bigint {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** An integer as a `number` if that keeps every digit. */
function compact(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

function mismatch(type: Type, raw: unknown, path: Path): ValueError {
  const got = Array.isArray(raw) ? "list" : raw instanceof Uint8Array ? "bytes" : typeof raw;
  return new ValueError(path, `expected ${typeName(type)}, got ${got}`);
}
