/** Adds a conversation's message to the customer's timeline. */
import type { SandboxClock } from "../clock";
import { answererOf, customerAs } from "./conversation-authors";
import type { ConversationRecord } from "./conversation-record";
import { addressOf } from "./customer-record";
import type { Customers } from "./customers";
import type { Initiator } from "./events";
import { type ItemRecord, type Items, messageContent } from "./items";

export class ConversationMessages {
  constructor(
    private readonly deps: { readonly clock: SandboxClock; readonly customers: Customers; readonly items: Items },
  ) {}

  add(record: ConversationRecord, author: Initiator, text: string): ItemRecord {
    const { customers, clock, items } = this.deps;
    const customer = customers.find(record.customerId);
    const email = customer && addressOf(customer);
    const phone = customer?.phones[0]?.original;
    const addresses = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
    const inbound = author.type === "CUSTOMER";
    const otherEnd = inbound ? answererOf(record) : customerAs(record);
    return items.add({
      customerId: record.customerId,
      conversationId: record.id,
      initiator: author,
      // A call names the caller and the person who answered.
      ...(record.channel === "PHONE_CALL" ? { responder: otherEnd } : {}),
      content: messageContent(record.channel, text, addresses, inbound, clock.timestamp()),
    });
  }
}
