/** Items of customers' timelines: messages, notes, status and topic changes, activities (docs/vendors/gladly-api.md section 10). */
import type { SandboxClock } from "../clock";
import { newId } from "../ids";
import type { Channel } from "../scenario";
import type { Initiator } from "./events";

export interface ItemRecord {
  readonly id: string;
  readonly customerId: string;
  /** Absent for items outside conversations. */
  readonly conversationId?: string;
  readonly timestamp: string;
  readonly initiator?: Initiator;
  readonly responder?: Initiator;
  readonly content: Readonly<Record<string, unknown>> & { readonly type: string };
  /** An item of a type that the API does not serve: GET answers 400 `invalid`. */
  readonly hidden?: boolean;
}

export class Items {
  private readonly records = new Map<string, ItemRecord>();
  /** Ids by conversation, because a busy sandbox has tens of thousands of items. */
  private readonly byConversation = new Map<string, string[]>();
  /** Ids of items outside conversations. */
  private readonly activities = new Set<string>();

  constructor(private readonly clock: SandboxClock) {}

  find(id: string): ItemRecord | undefined {
    return this.records.get(id);
  }

  /** The items of a conversation, oldest first. */
  ofConversation(conversationId: string): readonly ItemRecord[] {
    const ids = this.byConversation.get(conversationId) ?? [];
    return ids.flatMap((id) => this.records.get(id) ?? []).filter((item) => !item.hidden);
  }

  /** A customer's activities, oldest first. They belong to no conversation. */
  activitiesOf(customerId: string): readonly ItemRecord[] {
    return this.outsideConversations().filter((item) => item.customerId === customerId);
  }

  add(item: Omit<ItemRecord, "id" | "timestamp"> & { readonly id?: string }): ItemRecord {
    const record: ItemRecord = { ...item, id: item.id ?? newId(), timestamp: this.clock.timestamp() };
    this.records.set(record.id, record);
    if (record.conversationId === undefined) this.activities.add(record.id);
    else {
      const siblings = this.byConversation.get(record.conversationId);
      if (siblings === undefined) this.byConversation.set(record.conversationId, [record.id]);
      else siblings.push(record.id);
    }
    return record;
  }

  private readonly byTime = (a: string, b: string): number =>
    (this.records.get(a)?.timestamp ?? "").localeCompare(this.records.get(b)?.timestamp ?? "");

  private outsideConversations(): readonly ItemRecord[] {
    return [...this.activities].flatMap((id) => this.records.get(id) ?? []);
  }

  /** Moves the items of a merged customer to the remaining customer. */
  moveCustomer(from: string, to: string): void {
    for (const item of this.records.values()) {
      if (item.customerId === from) this.records.set(item.id, { ...item, customerId: to });
    }
  }

  /** Moves the items of a merged conversation to the remaining conversation. */
  moveConversation(from: string, to: string): void {
    const moved = this.byConversation.get(from) ?? [];
    this.byConversation.delete(from);
    for (const id of moved) {
      const item = this.records.get(id);
      if (item) this.records.set(id, { ...item, conversationId: to });
    }
    this.byConversation.set(to, [...(this.byConversation.get(to) ?? []), ...moved].sort(this.byTime));
  }

  /** Clears the content. The item stays on the timeline. */
  redact(item: ItemRecord): void {
    this.records.set(item.id, { ...item, content: redacted(item.content) });
  }

  remove(id: string): void {
    const conversationId = this.records.get(id)?.conversationId;
    this.records.delete(id);
    this.activities.delete(id);
    if (conversationId === undefined) return;
    const siblings = this.byConversation.get(conversationId) ?? [];
    this.byConversation.set(
      conversationId,
      siblings.filter((sibling) => sibling !== id),
    );
  }

  /** Removes all items of a customer's timeline. */
  removeCustomer(customerId: string): void {
    for (const item of [...this.records.values()]) if (item.customerId === customerId) this.remove(item.id);
  }

  clear(): void {
    this.records.clear();
    this.byConversation.clear();
    this.activities.clear();
  }
}

/** The channel of a message, by the type of its item. */
const CHANNELS: Readonly<Record<string, Channel>> = {
  CHAT_MESSAGE: "CHAT",
  EMAIL: "EMAIL",
  FACEBOOK_MESSAGE: "FB_MESSENGER",
  INSTAGRAM_DIRECT: "INSTAGRAM_DIRECT",
  PHONE_CALL: "PHONE_CALL",
  SMS: "SMS",
  VOICEMAIL: "VOICEMAIL",
  WHATSAPP: "WHATSAPP",
};

export function channelOfContent(type: string): Channel | undefined {
  return CHANNELS[type];
}

/** The types of items that can be redacted, and the fields that a redaction clears. */
const REDACTABLE: Readonly<Record<string, readonly string[]>> = {
  CHAT_MESSAGE: ["content"],
  SMS: ["content"],
  EMAIL: ["subject", "content"],
  TWITTER: ["content"],
  WHATSAPP: ["content"],
  VOICEMAIL: ["recordingUrl"],
  PHONE_CALL: ["recordingUrl"],
};

export function isRedactable(content: ItemRecord["content"]): boolean {
  return content.type in REDACTABLE;
}

function redacted(content: ItemRecord["content"]): ItemRecord["content"] {
  const fields = REDACTABLE[content.type] ?? [];
  return { ...content, ...Object.fromEntries(fields.filter((field) => field in content).map((field) => [field, ""])) };
}

/** The company's addresses in messages. */
const COMPANY = { email: "support@example.com", phone: "+16505550100" } as const;

/** The content of a message, as the API shows it. `inbound`: from the customer to the company. */
export function messageContent(
  channel: Channel,
  text: string,
  customer: { readonly email?: string; readonly phone?: string },
  inbound: boolean,
  at: string,
): ItemRecord["content"] {
  const email = customer.email ?? "unknown@example.net";
  const phone = customer.phone ?? "+16505550199";
  const phones = inbound ? { from: phone, to: COMPANY.phone } : { from: COMPANY.phone, to: phone };
  switch (channel) {
    case "EMAIL":
      return {
        type: "EMAIL",
        from: inbound ? email : COMPANY.email,
        to: [inbound ? COMPANY.email : email],
        subject: text.slice(0, 60),
        content: text,
      };
    case "CHAT":
      return { type: "CHAT_MESSAGE", sessionId: newId(), content: text, messageType: "TEXT" };
    case "SMS":
      return { type: "SMS", ...phones, content: text };
    case "PHONE_CALL":
      return { type: "PHONE_CALL", ...phones, startedAt: at, answeredAt: at, completedAt: at };
    case "VOICEMAIL":
      return { type: "VOICEMAIL", startedAt: at };
    case "FB_MESSENGER":
      return { type: "FACEBOOK_MESSAGE", pageId: "page-1", userId: "user-1", content: text };
    case "INSTAGRAM_DIRECT":
      return { type: "INSTAGRAM_DIRECT", content: text };
    case "WHATSAPP":
      return { type: "WHATSAPP", content: text };
    default:
      return channel satisfies never;
  }
}
