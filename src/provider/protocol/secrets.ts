/**
 * Masks the secrets of this process in texts. An answer of a service or an exception of a library may repeat a secret, so
 * every diagnostic and every log line goes through here.
 */

import type { Attributes } from "./schema/attribute";
import { walk } from "./schema/walk";
import { isList, isObject, type ObjectValue, type Value } from "./values/value";

const MASK = "(sensitive value)";
/** A shorter secret is masked only as a whole word, because it could be part of ordinary words. */
const SHORT = 4;
/** From this length a secret is also recognised inside Base64, as in an Authorization header. */
const IN_BASE64 = 6;

/** Stores secrets for the life of the process, and masks them as plain text, in JSON, in URLs and in Base64. */
export class Secrets {
  private readonly known = new Set<string>();
  private patterns: readonly RegExp[] = [];

  /** Stores a secret in all forms in which it may appear. */
  add(secret: string): void {
    if (secret.trim() === "" || this.known.has(secret)) return;
    this.known.add(secret);
    const forms = new Set([...this.known].flatMap(formsOf));
    // The longest first, so that nothing is left of a secret that contains another one.
    this.patterns = [...forms].sort((a, b) => b.length - a.length).map(patternOf);
  }

  /** Stores every value that the schema marks as sensitive or write-only. */
  addFrom(attributes: Attributes, object: ObjectValue | null): void {
    if (object === null) return;
    walk(attributes, object, ({ sensitive, writeOnly }, value) => {
      if (sensitive || writeOnly) for (const text of texts(value)) this.add(text);
    });
  }

  /** The text with every known secret replaced by `(sensitive value)`. */
  mask(text: string): string {
    return this.patterns.reduce((masked, pattern) => masked.replace(pattern, MASK), text);
  }
}

function texts(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}

function formsOf(secret: string): readonly string[] {
  const plain = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  return Buffer.byteLength(secret) < IN_BASE64 ? plain : [...plain, ...base64Forms(secret)];
}

/** The common part of the Base64 of every text that contains the secret, for each of its three possible offsets. */
function base64Forms(secret: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
      .toString("base64")
      .replace(/=+$/, "");
    const bytes = before + Buffer.byteLength(secret);
    // Characters that mix bits of the secret with bits of its neighbours are left out.
    return encoded.slice(before === 0 ? 0 : before + 1, Math.floor((bytes * 8) / 6));
  });
}

function patternOf(form: string): RegExp {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(form.length < SHORT ? `(?<![\\w-])${escaped}(?![\\w-])` : escaped, "g");
}
