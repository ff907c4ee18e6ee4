/**
 * What a resource remembers beside its attributes: Terraform keeps it with the object, shows it to no one and hands it
 * to every call. It goes when the object goes.
 */
import { isJsonObject, type Json, parseJson } from "./values/json";

/** Values by key, for one object. They must be JSON. Do not store secrets: the state file holds them in clear. */
export class PrivateState {
  private constructor(
    private readonly bytes: Buffer,
    private readonly values: Map<string, Json>,
  ) {}

  /** Reads what Terraform handed over; bytes that are not a JSON object count as nothing remembered. */
  static from(bytes: Buffer = Buffer.alloc(0)): PrivateState {
    let json: Json = null;
    try {
      json = bytes.length > 0 ? parseJson(bytes.toString("utf8")) : null;
    } catch {
      // Written by no version of this provider: there is nothing in it to go by.
    }
    return new PrivateState(bytes, new Map(isJsonObject(json) ? Object.entries(json) : []));
  }

  /** The remembered value; undefined when there is none. */
  get(key: string): Json | undefined {
    return this.values.get(key);
  }

  /** Remembers a value, or forgets it when it is undefined. */
  set(key: string, value: Json | undefined): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }

  /** Forgets everything: a new object remembers nothing of the one that it replaces. */
  clear(): void {
    this.values.clear();
  }

  /** The form that Terraform stores: byte-equal to what it handed over for as long as nothing changed. */
  toBytes(): Buffer {
    const text = this.values.size === 0 ? "" : JSON.stringify(Object.fromEntries(this.values));
    const unchanged = JSON.stringify([...PrivateState.from(this.bytes).values]) === JSON.stringify([...this.values]);
    return unchanged ? this.bytes : Buffer.from(text);
  }
}
