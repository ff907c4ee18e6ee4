/** Reads a request body field by field and collects all errors in Gladly's format. */
import { parsedJson } from "../../contract/json";
import { isObject } from "../http/control-body";
import type { Call } from "../http/exchange";
import { type ErrorCode, type GladlyError, Refusal } from "./refusal";

export class Fields {
  private readonly found: GladlyError[];

  private constructor(
    private readonly object: Readonly<Record<string, unknown>>,
    private readonly prefix: string,
    errors: GladlyError[],
  ) {
    this.found = errors;
  }

  /**
   * The fields of a request's JSON body.
   *
   * @throws Refusal a 400 when the body is not a JSON object
   */
  static of(call: Call): Fields {
    const value = parsedJson(call.body.toString("utf8"));
    if (value === undefined) throw new Refusal(400, [{ code: "invalid", detail: "request body is not valid JSON" }]);
    if (!isObject(value)) throw new Refusal(400, [{ code: "invalid", detail: "request body is not a JSON object" }]);
    return new Fields(value, "", []);
  }

  /** Whether the field was sent, including as `null`. */
  has(name: string): boolean {
    return this.object[name] !== undefined;
  }

  isNull(name: string): boolean {
    return this.object[name] === null;
  }

  text(
    name: string,
    rules: { readonly required?: boolean; readonly longest?: number; readonly nullable?: boolean } = {},
  ): string | undefined {
    const value = this.object[name];
    if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
      if (rules.required) this.error(name, "blank", `${name} cannot be blank`);
      else if (value === null && !rules.nullable) this.refuseNull(name);
      return undefined;
    }
    if (typeof value !== "string") {
      this.error(name, "invalid", `${name} must be text`);
      return undefined;
    }
    if (rules.longest !== undefined && value.length > rules.longest) {
      this.error(name, "too_long", `${name} cannot be longer than ${rules.longest} characters`);
    }
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.given(name);
    if (value === undefined || typeof value === "boolean") return value;
    this.error(name, "invalid", `${name} must be true or false`);
    return undefined;
  }

  texts(name: string, rules: { readonly required?: boolean } = {}): string[] | undefined {
    const value = this.given(name, rules.required);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((entry) => typeof entry === "string")) return value;
    this.error(name, "invalid", `${name} must be a list of texts`);
    return undefined;
  }

  /** The value if it is one of `values`. Any other value is an error. */
  oneOf<const T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.given(name);
    if (value === undefined) return undefined;
    const found = values.find((one) => one === value);
    if (found === undefined) this.error(name, "invalid", `${name} must be one of ${values.filter(Boolean).join(", ")}`);
    return found;
  }

  /** The fields of each object in a list. Their errors are named `list[0].field`. */
  objects(name: string): Fields[] | undefined {
    const value = this.given(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every(isObject)) {
      return value.map((entry, index) => new Fields(entry, `${this.prefix}${name}[${index}].`, this.found));
    }
    this.error(name, "invalid", `${name} must be a list of objects`);
    return undefined;
  }

  /** An object with any values. */
  map(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.given(name);
    if (value === undefined || isObject(value)) return value;
    this.error(name, "invalid", `${name} must be an object`);
    return undefined;
  }

  textMap(name: string): Record<string, string> | undefined {
    const value = this.object[name];
    if (value === undefined) return undefined;
    if (value === null) return {};
    const map: Record<string, string> = {};
    for (const [key, entry] of isObject(value) ? Object.entries(value) : []) {
      if (typeof entry === "string") map[key] = entry;
    }
    if (isObject(value) && Object.keys(map).length === Object.keys(value).length) return map;
    this.error(name, "invalid", `${name} must be an object of texts`);
    return undefined;
  }

  /** The fields of a nested object. Their errors are named `outer.inner`. */
  inner(name: string, rules: { readonly required?: boolean } = {}): Fields | undefined {
    const value = this.given(name, rules.required);
    if (value === undefined) return undefined;
    if (isObject(value)) return new Fields(value, `${this.prefix}${name}.`, this.found);
    this.error(name, "invalid", `${name} must be an object`);
    return undefined;
  }

  /** The value of a field. Undefined, with the error that it deserves, if it is missing or null. */
  private given(name: string, required = false): unknown {
    const value = this.object[name] ?? undefined;
    if (value === undefined && required) this.error(name, "blank", `${name} cannot be blank`);
    else if (this.isNull(name)) this.refuseNull(name);
    return value;
  }

  private refuseNull(name: string): void {
    this.error(name, "invalid", `${name} cannot be null`);
  }

  error(name: string, code: ErrorCode, detail: string, meta?: Readonly<Record<string, string>>): void {
    this.found.push({ attr: this.prefix + name, code, detail, ...(meta ? { meta } : {}) });
  }

  /** Adds an error with a fixed `attr`, which does not depend on where the field is. */
  errorAt(attr: string, code: ErrorCode, detail: string): void {
    this.found.push({ attr, code, detail });
  }

  /** @throws Refusal a 400 with all errors, if there are any */
  check(): void {
    if (this.found.length > 0) throw new Refusal(400, this.found);
  }
}
