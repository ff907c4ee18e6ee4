/**
 * What Gladly's other events tell of a conversation, kept in its record: the channel that the customer used last, and when
 * it was opened again.
 */
import { emptyRecord } from "./claim";
import type { EnvelopeContent } from "./envelope";
import type { Ledger } from "./ports";
import { conversationKey } from "./record";
import { transact } from "./transact";

export type ContactEvent = Extract<EnvelopeContent, { readonly kind: "contact" }>;
export type ReopenedEvent = Extract<EnvelopeContent, { readonly kind: "reopened" }>;

/** Reopenings that a record keeps: only those near a close matter. */
const MOST_REOPENINGS = 20;

/**
 * Keeps the channel that the customer turned to last; an older event that comes late changes nothing. CONTACT events alone
 * name a channel (docs/vendors/gladly-api.md section 7.5); known from one, it saves each close a read of all its items.
 */
export async function noteChannel(ledger: Ledger, contact: ContactEvent): Promise<void> {
  if (!contact.byCustomer) return;
  const key = conversationKey(contact.conversationId);
  await transact(ledger, key, (record) => {
    const current = record ?? emptyRecord(key, contact.conversationId);
    if (current.channelAt >= contact.at) return { result: undefined };
    return { save: { ...current, channel: contact.channel, channelAt: contact.at }, result: undefined };
  });
}

/** Keeps when a conversation was opened again, so that two closes within one second are told apart. */
export async function noteReopening(ledger: Ledger, { conversationId, at }: ReopenedEvent): Promise<void> {
  const key = conversationKey(conversationId);
  await transact(ledger, key, (record) => {
    const current = record ?? emptyRecord(key, conversationId);
    if (current.reopenings.includes(at)) return { result: undefined };
    const reopenings = [...current.reopenings, at].sort((one, other) => one - other).slice(-MOST_REOPENINGS);
    return { save: { ...current, reopenings }, result: undefined };
  });
}
