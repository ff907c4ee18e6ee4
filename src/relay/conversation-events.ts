/**
 * What Gladly's other events say about a conversation, stored in its record: the channel that the customer used last, and
 * when it was reopened.
 */
import { emptyRecord } from "./claim";
import type { EnvelopeContent } from "./envelope";
import type { Ledger } from "./ports";
import { conversationKey } from "./record";
import { transact } from "./transact";

export type ContactEvent = Extract<EnvelopeContent, { readonly kind: "contact" }>;
export type ReopenedEvent = Extract<EnvelopeContent, { readonly kind: "reopened" }>;

/** How many reopenings a record keeps: only those near a close matter. */
const MOST_REOPENINGS = 20;

/**
 * Stores the channel that the customer used last. An older event that arrives late changes nothing. Only CONTACT events
 * name a channel (docs/vendors/gladly-api.md section 7.5). A known channel saves each close a read of all its items.
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

/** Stores when a conversation was reopened, to distinguish two closes within one second. */
export async function noteReopening(ledger: Ledger, { conversationId, at }: ReopenedEvent): Promise<void> {
  const key = conversationKey(conversationId);
  await transact(ledger, key, (record) => {
    const current = record ?? emptyRecord(key, conversationId);
    if (current.reopenings.includes(at)) return { result: undefined };
    const reopenings = [...current.reopenings, at].sort((one, other) => one - other).slice(-MOST_REOPENINGS);
    return { save: { ...current, reopenings }, result: undefined };
  });
}
