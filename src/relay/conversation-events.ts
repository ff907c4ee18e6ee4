/**
 * The channel of a conversation, as Gladly's CONTACT events tell it: the only ones that do (docs/vendors/gladly-api.md section 7.5).
 * Known from an event, it spares each close a read of the whole conversation.
 */
import { emptyRecord } from "./claim";
import type { EnvelopeContent } from "./envelope";
import type { Ledger } from "./ports";
import { conversationKey } from "./record";
import { transact } from "./transact";

export type ContactEvent = Extract<EnvelopeContent, { readonly kind: "contact" }>;

/** Keeps what the customer used last; an older event that comes late changes nothing. */
export async function noteChannel(ledger: Ledger, contact: ContactEvent): Promise<void> {
  const key = conversationKey(contact.conversationId);
  await transact(ledger, key, (record) => {
    const current = record ?? emptyRecord(key, contact.conversationId);
    if (current.channelAt >= contact.at) return { result: undefined };
    return { save: { ...current, channel: contact.channel, channelAt: contact.at }, result: undefined };
  });
}
