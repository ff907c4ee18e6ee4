/** Ids as Gladly makes and takes them (docs/vendors/gladly-api.md section 4). */
import { randomBytes } from "node:crypto";

/** A new id: 22 characters of URL-safe base64. One in thirty-two begins with `-` or `_`, as at Gladly. */
export function newId(): string {
  return randomBytes(16).toString("base64url");
}

/** Whether Gladly takes this as an id of one's own: URL safe and under 50 characters. */
export function isOwnId(id: string): boolean {
  return /^[A-Za-z0-9._~-]{1,49}$/.test(id);
}
