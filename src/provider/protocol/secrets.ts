/**
 * The secrets that this process was given, and texts without them. What a service answers, or a library throws, may
 * repeat a secret, so every diagnostic and every line of the log goes through here.
 */

import type { Attributes } from "./schema/attribute";
import { walk } from "./schema/walk";
import { isList, isObject, type ObjectValue, type Value } from "./values/value";

const MASK = "(sensitive value)";
/** A shorter secret is masked only where it stands alone: it would be found inside ordinary words. */
const SHORT = 4;
/** From this length on a secret is recognized inside Base64 as well, as in an Authorization header. */
const IN_BASE64 = 6;

/** Remembers secrets for the life of the process, and masks them as they are, in JSON, in URLs and in Base64. */
export class Secrets {
  private readonly known = new Set<string>();
  private patterns: readonly RegExp[] = [];

  /** Remembers a secret in all the forms in which it may come back. */
  add(secret: string): void {
    if (secret.trim() === "" || this.known.has(secret)) return;
    this.known.add(secret);
    const forms = new Set([...this.known].flatMap(formsOf));
    // The longest first, so that no rest of a secret that contains another one is left.
    this.patterns = [...forms].sort((a, b) => b.length - a.length).map(patternOf);
  }

  /** Remembers every value that the schema marks as sensitive or write-only. */
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

/** What is the same in the Base64 of every text that contains the secret, at each of the three places it can begin. */
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
