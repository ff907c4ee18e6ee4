/** A customer profile: its record, its input formats and how to compare addresses (docs/vendors/gladly-api.md section 12). */
import * as z from "zod";

const Email = z.strictObject({
  /** As entered. Imported profiles may contain texts that are not addresses. */
  original: z.string(),
  normalized: z.string().optional(),
  /** True for at most one address of a profile. */
  primary: z.boolean().optional(),
});
export type CustomerEmail = z.infer<typeof Email>;

const Phone = z.strictObject({
  original: z.string(),
  /** E.164. */
  normalized: z.string().optional(),
  extension: z.string().optional(),
  regionCode: z.string().optional(),
  primary: z.boolean().optional(),
  smsPreference: z.enum(["ON", "OFF", "FORBIDDEN"]).optional(),
  /** Gladly shows an empty text for a phone without a type. */
  type: z.enum(["HOME", "MOBILE", "OFFICE", ""]).optional(),
});
export type CustomerPhone = z.infer<typeof Phone>;

/** Addresses in a scenario or control: texts (the first is primary), or objects in Gladly's format. */
export const Emails = z.union([z.array(z.string()).transform((texts) => texts.map(emailOf)), z.array(Email)]);
export const Phones = z.union([z.array(z.string()).transform((texts) => texts.map(phoneOf)), z.array(Phone)]);

export interface CustomerRecord {
  readonly id: string;
  /** Absent for a customer without a name. May be empty. */
  readonly name?: string | undefined;
  readonly emails: readonly CustomerEmail[];
  readonly phones: readonly CustomerPhone[];
  readonly image?: string | undefined;
  readonly address?: string | undefined;
  readonly externalCustomerId?: string | undefined;
  readonly customAttributes?: Readonly<Record<string, unknown>> | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function emailOf(original: string, index = 0): CustomerEmail {
  return { original, normalized: original.trim().toLowerCase(), ...(index === 0 ? { primary: true } : {}) };
}

export function phoneOf(original: string): CustomerPhone {
  return { original, normalized: e164(original) ?? original, regionCode: "US", type: "MOBILE" };
}

/** The number in E.164, without spaces and punctuation. Without a plus sign it is a US number. Undefined when invalid. */
export function e164(text: string): string | undefined {
  const number = text.replace(/[\s().-]/g, "");
  if (/^\+[1-9]\d{6,14}$/.test(number)) return number;
  if (/^\d{10}$/.test(number)) return `+1${number}`;
  return /^1\d{10}$/.test(number) ? `+${number}` : undefined;
}

/** Whether Gladly's API accepts a text as an email address. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

/** The name to show for a profile. */
export function nameOf(record: CustomerRecord): string {
  return record.name?.trim() || addressOf(record) || record.id;
}

/** The primary address, otherwise the first. */
export function addressOf({ emails }: CustomerRecord): string | undefined {
  return (emails.find(({ primary }) => primary) ?? emails[0])?.original;
}

/** Whether a text is the same address for Gladly. */
export function sameEmail(entry: CustomerEmail, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (entry.normalized ?? entry.original).toLowerCase() === wanted || entry.original.toLowerCase() === wanted;
}

export function samePhone(entry: CustomerPhone, text: string): boolean {
  const known = entry.normalized ?? entry.original;
  return known === text || e164(known) === (e164(text) ?? text);
}
