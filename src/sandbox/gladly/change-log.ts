/**
 * Configuration changes over Gladly's API, such as those of an apply, for the page. Gladly keeps no such log
 * (docs/vendors/gladly-api.md section 14). It contains no secrets.
 */
import type { SandboxClock } from "../clock";

export interface ConfigurationChange {
  readonly at: string;
  /** Such as `Webhook “Send Stella Survey” created`. */
  readonly what: string;
  /** One entry for each changed field, with its old and new value. */
  readonly details: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields that are not reported. */
const UNREPORTED = new Set(["id", "createdAt", "updatedAt"]);
const CAPACITY = 500;

export class ChangeLog {
  private entries: ConfigurationChange[] = [];

  constructor(private readonly clock: SandboxClock) {}

  /** @param further changes that the fields do not show, such as a new password */
  record(kind: string, before: Fields | undefined, after: Fields | undefined, further: readonly string[] = []): void {
    const { name, url, id } = after ?? before ?? {};
    const verb = before === undefined ? "created" : after === undefined ? "deleted" : "changed";
    const details = [...(after === undefined ? [] : changedFields(before ?? {}, after)), ...further];
    if (verb === "changed" && details.length === 0) return;
    this.entries.push({
      at: this.clock.timestamp(),
      what: `${kind} “${name ?? url ?? id}” ${verb}`,
      details,
    });
    if (this.entries.length > CAPACITY) this.entries.shift();
  }

  all(): readonly ConfigurationChange[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
  }
}

function changedFields(before: Fields, after: Fields): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !UNREPORTED.has(name));
  return names.flatMap((name) => {
    const [old, now] = [textOf(before[name]), textOf(after[name])];
    if (old === now) return [];
    return old === "" ? `${name}: ${now}` : `${name}: ${old} → ${now === "" ? "none" : now}`;
  });
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);
}
