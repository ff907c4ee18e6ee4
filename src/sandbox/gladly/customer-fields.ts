/** What `POST` and `PATCH /api/v1/customer-profiles` accept, field by field. Lists replace the existing lists. */
import { type CustomerEmail, type CustomerPhone, type CustomerRecord, e164, isEmail } from "./customer-record";
import type { Fields } from "./fields";

export type CustomerChange = Partial<Omit<CustomerRecord, "id" | "createdAt" | "updatedAt">>;

const SMS_PREFERENCES = ["ON", "OFF", "FORBIDDEN"] as const;
const PHONE_TYPES = ["HOME", "MOBILE", "OFFICE", ""] as const;

/** Reads the sent fields. Errors are collected in `fields`. */
export function readCustomer(fields: Fields): CustomerChange {
  const emails = fields.objects("emails")?.map(readEmail);
  const phones = fields.objects("phones")?.map(readPhone);
  if ((emails ?? []).filter((email) => email.primary).length > 1) {
    fields.error("emails", "invalid", "at most one email can be primary");
  }
  const texts = Object.fromEntries(
    ["name", "image", "address", "externalCustomerId"].flatMap((name) => {
      const value = fields.text(name);
      return fields.has(name) ? [[name, value]] : [];
    }),
  );
  const customAttributes = fields.map("customAttributes");
  return {
    ...texts,
    ...(emails === undefined ? {} : { emails }),
    ...(phones === undefined ? {} : { phones }),
    ...(customAttributes === undefined ? {} : { customAttributes }),
  };
}

function readEmail(fields: Fields): CustomerEmail {
  const original = fields.text("original", { required: true }) ?? "";
  const normalized = fields.text("normalized") ?? original.trim().toLowerCase();
  const primary = fields.flag("primary");
  if (original !== "" && !isEmail(original)) fields.errorAt("email", "invalid", `email [${original}] is invalid`);
  return { original, normalized, ...(primary === undefined ? {} : { primary }) };
}

function readPhone(fields: Fields): CustomerPhone {
  const original = fields.text("original", { required: true }) ?? "";
  const number = e164(original);
  if (original !== "" && number === undefined) fields.error("original", "invalid", `phone [${original}] is invalid`);
  fields.text("normalized");
  const extension = fields.text("extension");
  const primary = fields.flag("primary");
  const smsPreference = fields.oneOf("smsPreference", SMS_PREFERENCES);
  const type = fields.oneOf("type", PHONE_TYPES);
  return {
    original,
    ...(number === undefined ? {} : { normalized: number }),
    ...(extension === undefined ? {} : { extension }),
    regionCode: fields.text("regionCode") ?? "US",
    ...(primary === undefined ? {} : { primary }),
    ...(smsPreference === undefined ? {} : { smsPreference }),
    ...(type === undefined ? {} : { type }),
  };
}
