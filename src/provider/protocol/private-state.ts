/**
 * Data of a resource besides its attributes. Terraform stores it with the object, does not show it, passes it to every call,
 * and deletes it with the object.
 */
import { isJsonObject, type Json, parseJson } from "./values/json";

/** Values by key, for one object. They must be JSON. Do not store secrets: the state file has them in plain text. */
export class PrivateState {
  private constructor(
    private readonly bytes: Buffer,
    private readonly values: Map<string, Json>,
  ) {}

  /** Reads the bytes from Terraform. Bytes that are not a JSON object count as empty. */
  static from(bytes: Buffer = Buffer.alloc(0)): PrivateState {
    let json: Json = null;
    try {
      json = bytes.length > 0 ? parseJson(bytes.toString("utf8")) : null;
    } catch {
      // No version of this provider wrote it, so it is ignored.
    }
    return new PrivateState(bytes, new Map(isJsonObject(json) ? Object.entries(json) : []));
  }

  /** The stored value; undefined if there is none. */
  get(key: string): Json | undefined {
    return this.values.get(key);
  }

  /** Stores a value, or deletes it if it is undefined. */
  set(key: string, value: Json | undefined): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }

  /** Deletes everything: a new object starts without the data of the one that it replaces. */
  clear(): void {
    this.values.clear();
  }

  /** The bytes for Terraform, equal to the original ones if nothing changed. */
  toBytes(): Buffer {
    const text = this.values.size === 0 ? "" : JSON.stringify(Object.fromEntries(this.values));
    const unchanged = JSON.stringify([...PrivateState.from(this.bytes).values]) === JSON.stringify([...this.values]);
    return unchanged ? this.bytes : Buffer.from(text);
  }
}
