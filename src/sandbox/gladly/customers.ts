/** Customer profiles: reading, searching, and merging with its 301 (docs/vendors/gladly-api.md section 12). */
import type { SandboxClock } from "../clock";
import { newId } from "../ids";
import type { EventLog } from "./events";
import { notExist, Refusal } from "./refusal";

export interface CustomerRecord {
  readonly id: string;
  readonly name: string;
  /** As entered; the first is the one to use. */
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Most hits of one search. */
const MOST_HITS = 50;

export class Customers {
  private readonly records = new Map<string, CustomerRecord>();
  /** Ids that are gone, and the id that each was merged into. */
  private readonly merged = new Map<string, string>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly events: EventLog,
  ) {}

  list(): readonly CustomerRecord[] {
    return [...this.records.values()];
  }

  find(id: string): CustomerRecord | undefined {
    return this.records.get(id);
  }

  /** The id that this one was merged into. */
  movedTo(id: string): string | undefined {
    return this.merged.get(id);
  }

  /** The profile; a 301 that names the new id when it was merged away. */
  get(id: string): CustomerRecord {
    const record = this.records.get(id);
    if (record !== undefined) return record;
    const target = this.merged.get(id);
    if (target === undefined) throw notExist("customer does not exist");
    throw new Refusal(301, [
      { attr: "customerId", code: "moved", detail: "customer id has changed", meta: { old: id, new: target } },
    ]);
  }

  /** At most 50 profiles by exactly one of the three filters, latest update first. */
  search(query: URLSearchParams): readonly CustomerRecord[] {
    const filters = ["email", "phoneNumber", "externalCustomerId"].filter((name) => query.get(name));
    const [filter] = filters;
    if (filter === undefined || filters.length > 1) {
      throw new Refusal(400, [
        { code: "invalid", detail: "exactly one of email, phoneNumber, externalCustomerId must be given" },
      ]);
    }
    const wanted = (query.get(filter) ?? "").toLowerCase();
    const hits = this.list().filter((customer) => {
      if (filter === "email") return customer.emails.some((email) => email.toLowerCase() === wanted);
      if (filter === "phoneNumber") return customer.phones.includes(wanted);
      return false;
    });
    return hits.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt)).slice(0, MOST_HITS);
  }

  add(input: { id?: string; name: string; emails?: readonly string[]; phones?: readonly string[] }): CustomerRecord {
    const now = this.clock.timestamp();
    const record: CustomerRecord = {
      id: input.id ?? newId(),
      name: input.name,
      emails: input.emails ?? [],
      phones: input.phones ?? [],
      createdAt: now,
      updatedAt: now,
    };
    this.records.set(record.id, record);
    this.events.record("CUSTOMER_PROFILE/CREATED", undefined, { customerId: record.id });
    return record;
  }

  /** Changes a profile, as an agent would on Gladly's page. */
  change(
    id: string,
    change: { name?: string; emails?: readonly string[]; phones?: readonly string[] },
  ): CustomerRecord {
    const record = { ...this.get(id), ...change, updatedAt: this.clock.timestamp() };
    this.records.set(id, record);
    this.events.record("CUSTOMER_PROFILE/UPDATED", undefined, { customerId: id });
    return record;
  }

  /** The source disappears into the destination, with its addresses. */
  merge(source: CustomerRecord, destination: CustomerRecord): void {
    this.records.delete(source.id);
    this.merged.set(source.id, destination.id);
    this.records.set(destination.id, {
      ...destination,
      emails: [...new Set([...destination.emails, ...source.emails])],
      phones: [...new Set([...destination.phones, ...source.phones])],
      updatedAt: this.clock.timestamp(),
    });
  }

  clear(): void {
    this.records.clear();
    this.merged.clear();
  }
}

/** What `GET /api/v1/customer-profiles/{id}` answers. */
export function showCustomer(record: CustomerRecord): Record<string, unknown> {
  return {
    id: record.id,
    name: record.name,
    // Real answers leave `primary` out as often as not; the sandbox names it on the first only.
    emails: record.emails.map((original, index) => ({
      original,
      normalized: original.toLowerCase(),
      ...(index === 0 ? { primary: true } : {}),
    })),
    phones: record.phones.map((original) => ({ original, normalized: original, regionCode: "US", type: "MOBILE" })),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
}
