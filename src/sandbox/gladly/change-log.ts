/**
 * What was configured in Gladly over its API: the effect of an apply. Gladly itself keeps no such log
 * (docs/vendors/gladly-api.md section 14); the page shows it, and no secret is in it.
 */
import type { SandboxClock } from "../clock";

export interface ConfigurationChange {
  readonly at: string;
  /** What was changed, such as `Webhook “Send Stella Survey” created`. */
  readonly what: string;
  /** One field each, with the value before and after. */
  readonly details: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Times and ids say nothing that the line does not. */
const SILENT = new Set(["id", "createdAt", "updatedAt"]);
const CAPACITY = 500;

export class ChangeLog {
  private entries: ConfigurationChange[] = [];

  constructor(private readonly clock: SandboxClock) {}

  /** @param further what the fields do not show, such as a new password */
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
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !SILENT.has(name));
  return names.flatMap((name) => {
    const [old, now] = [shown(before[name]), shown(after[name])];
    if (old === now) return [];
    return old === "" ? `${name}: ${now}` : `${name}: ${old} → ${now === "" ? "none" : now}`;
  });
}

function shown(value: unknown): string {
  return value === undefined || value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);
}
