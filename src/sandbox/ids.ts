/** Ids as Gladly generates and accepts them (docs/vendors/gladly-api.md section 4). */
import { randomBytes } from "node:crypto";

/** A new id: 22 characters of URL-safe base64. One in 32 starts with `-` or `_`, as Gladly's do. */
export function newId(): string {
  return randomBytes(16).toString("base64url");
}

/** Whether Gladly accepts this id from a client: URL safe and under 50 characters. */
export function isOwnId(id: string): boolean {
  return /^[A-Za-z0-9._~-]{1,49}$/.test(id);
}
