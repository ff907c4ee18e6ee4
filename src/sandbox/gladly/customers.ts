/** Customer profiles: read, search, write, and merge, which answers 301 later (docs/vendors/gladly-api.md section 12). */
import type { SandboxClock } from "../clock";
import { isOwnId, newId } from "../ids";
import { type CustomerChange, readCustomer } from "./customer-fields";
import { type CustomerRecord, e164, emailOf, isEmail, phoneOf, sameEmail, samePhone } from "./customer-record";
import type { EventLog } from "./events";
import type { Fields } from "./fields";
import { type GladlyError, notExist, Refusal } from "./refusal";

export class Customers {
  private readonly records = new Map<string, CustomerRecord>();
  /** Merged ids, and the id that each was merged into. */
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

  /** The id that this one was merged into, at the end of a chain of merges. */
  movedTo(id: string): string | undefined {
    const target = this.merged.get(id);
    return target === undefined ? undefined : (this.movedTo(target) ?? target);
  }

  /** @throws Refusal a 404, or a 301 with the new id when the profile was merged into another */
  get(id: string): CustomerRecord {
    const record = this.records.get(id);
    if (record !== undefined) return record;
    const target = this.movedTo(id);
    if (target === undefined) throw notFoundError(id);
    throw new Refusal(301, [
      { attr: "customerId", code: "moved", detail: "customer id has changed", meta: { old: id, new: target } },
    ]);
  }

  /** Profiles that match exactly one of the three filters, latest update first. */
  search(query: URLSearchParams): readonly CustomerRecord[] {
    const filters = ["email", "phoneNumber", "externalCustomerId"].filter((name) => query.get(name)?.trim());
    const [filter] = filters;
    if (filter === undefined || filters.length > 1) {
      throw new Refusal(400, [
        { code: "invalid", detail: "exactly one of email, phoneNumber, externalCustomerId must be given" },
      ]);
    }
    const wanted = query.get(filter)?.trim() ?? "";
    if (filter === "email" && !isEmail(wanted)) throw invalidError("email", `email [${wanted}] is invalid`);
    if (filter === "phoneNumber" && e164(wanted) === undefined) {
      throw invalidError("phoneNumber", `phoneNumber [${wanted}] is invalid`);
    }
    const hits = this.list().filter((customer) => {
      if (filter === "email") return customer.emails.some((email) => sameEmail(email, wanted));
      if (filter === "phoneNumber") return customer.phones.some((phone) => samePhone(phone, wanted));
      return customer.externalCustomerId === wanted;
    });
    return hits.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  }

  /**
   * Reads which customer an item or task by address is for.
   *
   * @returns a function that finds the customer by email address or mobile number, or creates one
   */
  byAddress(customer: Fields | undefined): (() => CustomerRecord) | undefined {
    const emailAddress = customer?.text("emailAddress");
    const mobilePhone = customer?.text("mobilePhone");
    if (customer === undefined) return undefined;
    if ((emailAddress === undefined) === (mobilePhone === undefined)) {
      customer.error("emailAddress", "invalid", "exactly one of emailAddress and mobilePhone must be given");
    }
    return () =>
      this.list().find(({ emails, phones }) =>
        emailAddress === undefined
          ? phones.some((phone) => samePhone(phone, mobilePhone ?? ""))
          : emails.some((email) => sameEmail(email, emailAddress)),
      ) ??
      this.add({
        name: emailAddress ?? mobilePhone,
        emails: emailAddress ? [emailOf(emailAddress)] : [],
        phones: mobilePhone ? [phoneOf(mobilePhone)] : [],
      });
  }

  /** `POST /api/v1/customer-profiles`. */
  create(fields: Fields): CustomerRecord {
    const id = fields.text("id");
    if (id !== undefined && !isOwnId(id)) fields.error("id", "invalid", "id must be URL safe and under 50 characters");
    const change = readCustomer(fields);
    fields.check();
    if (id !== undefined && (this.records.has(id) || this.merged.has(id))) {
      throw new Refusal(409, [{ attr: "id", code: "taken", detail: "customer ID exists" }]);
    }
    this.checkUnique(change, id);
    return this.add({ ...change, ...(id === undefined ? {} : { id }) });
  }

  /** `PATCH /api/v1/customer-profiles/{id}`. A merged id answers 404. */
  update(id: string, fields: Fields): void {
    if (!this.records.has(id)) throw notFoundError(id);
    const change = readCustomer(fields);
    fields.check();
    this.checkUnique(change, id);
    this.change(id, change);
  }

  add(input: CustomerChange & { readonly id?: string | undefined }): CustomerRecord {
    const now = this.clock.timestamp();
    const record: CustomerRecord = {
      emails: [],
      phones: [],
      ...input,
      id: input.id ?? newId(),
      createdAt: now,
      updatedAt: now,
    };
    this.records.set(record.id, record);
    this.events.record("CUSTOMER_PROFILE/CREATED", undefined, { customerId: record.id });
    return record;
  }

  /** Changes a profile as an agent does in Gladly, without validation. */
  change(id: string, change: CustomerChange): CustomerRecord {
    const record = { ...this.get(id), ...change, updatedAt: this.clock.timestamp() };
    this.records.set(id, record);
    this.events.record("CUSTOMER_PROFILE/UPDATED", undefined, { customerId: id });
    return record;
  }

  delete(id: string): void {
    this.records.delete(id);
    this.events.record("CUSTOMER_PROFILE/DELETED", undefined, { customerId: id });
  }

  /** Merges the source into the destination, which keeps its name and primary address. */
  merge(source: CustomerRecord, destination: CustomerRecord): void {
    this.records.delete(source.id);
    this.merged.set(source.id, destination.id);
    const emails = source.emails.filter((one) => !destination.emails.some((other) => sameEmail(other, one.original)));
    const phones = source.phones.filter((one) => !destination.phones.some((other) => samePhone(other, one.original)));
    const demoted = <T extends { readonly primary?: boolean | undefined }>(
      entries: readonly T[],
      others: readonly T[],
    ) => (others.some(({ primary }) => primary) ? entries.map(({ primary: _primary, ...rest }) => rest) : entries);
    this.records.set(destination.id, {
      ...source,
      ...destination,
      ...(destination.name?.trim() ? {} : { name: source.name ?? destination.name }),
      emails: [...destination.emails, ...demoted(emails, destination.emails)],
      phones: [...destination.phones, ...demoted(phones, destination.phones)],
      ...(source.customAttributes || destination.customAttributes
        ? { customAttributes: { ...source.customAttributes, ...destination.customAttributes } }
        : {}),
      updatedAt: this.clock.timestamp(),
    });
  }

  clear(): void {
    this.records.clear();
    this.merged.clear();
  }

  /** E-mail addresses and mobile numbers are unique across all profiles. */
  private checkUnique({ emails = [], phones = [] }: CustomerChange, own: string | undefined): void {
    const others = this.list().filter(({ id }) => id !== own);
    const mobile = phones.filter(({ type }) => type === "MOBILE");
    const errors = others.flatMap((other): GladlyError[] => [
      ...emails
        .filter(({ original }) => other.emails.some((email) => sameEmail(email, original)))
        .map(({ original }) => takenError("email", original, other.id)),
      ...mobile
        .filter(({ original }) => other.phones.some((phone) => phone.type === "MOBILE" && samePhone(phone, original)))
        .map(({ original }) => takenError("phone", original, other.id)),
    ]);
    if (errors.length > 0) throw new Refusal(409, errors);
  }
}

function takenError(attr: string, value: string, id: string): GladlyError {
  return { attr, code: "taken", detail: `${attr} [${value}] belongs to another customer`, meta: { id } };
}

function invalidError(attr: string, detail: string): Refusal {
  return new Refusal(400, [{ attr, code: "invalid", detail }]);
}

function notFoundError(id: string): Refusal {
  return notExist(`customer profile [${id}] does not exist`);
}

/** The answer of `GET /api/v1/customer-profiles/{id}`. */
export function showCustomer(record: CustomerRecord): Record<string, unknown> {
  return { ...record };
}
