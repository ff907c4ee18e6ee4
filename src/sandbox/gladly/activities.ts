/** Customer activities: the one kind of timeline item that the API creates (docs/vendors/gladly-api.md section 13). */
import type { SandboxClock } from "../clock";
import { isOwnId } from "../ids";
import type { Customers } from "./customers";
import { API_USER_AGENT_ID } from "./directory";
import type { Fields } from "./fields";
import type { ItemRecord, Items } from "./items";
import { Refusal } from "./refusal";

const TYPES = new Set(["EMAIL", "ISSUE", "SMS", "SURVEY"]);
const YEAR = 365 * 24 * 3600 * 1000;

export class Activities {
  constructor(
    private readonly clock: SandboxClock,
    private readonly customers: Customers,
    private readonly items: Items,
    /** The server's address, for the absolute `Location` of a 301. */
    private readonly url: () => string,
  ) {}

  /** Creates an activity for the customer with an address. An unknown address creates the customer. */
  createByAddress(fields: Fields): ItemRecord {
    const owner = this.customers.byAddress(fields.inner("customer", { required: true }));
    const item = this.read(fields);
    return this.items.add({ ...item, customerId: owner?.().id ?? "" });
  }

  createForCustomer(customerId: string, fields: Fields): ItemRecord {
    const movedTo = this.customers.movedTo(customerId);
    if (movedTo !== undefined) {
      const detail = `the customer id has changed from [${customerId}] to [${movedTo}]`;
      throw new Refusal(
        301,
        [{ attr: "customer id", code: "moved", detail, meta: { old: customerId, new: movedTo } }],
        { location: `${this.url()}/api/v1/customers/${encodeURIComponent(movedTo)}/conversation-items` },
      );
    }
    if (this.customers.find(customerId) === undefined) throw new Refusal(404);
    return this.items.add({ ...this.read(fields), customerId });
  }

  private read(fields: Fields): Pick<ItemRecord, "content" | "initiator"> & { readonly id?: string } {
    const id = fields.text("id");
    if (id !== undefined && !isOwnId(id)) fields.error("id", "invalid", "id must be URL safe and under 50 characters");
    const content = fields.inner("content", { required: true });
    const itemContent = content && this.readContent(content);
    fields.check();
    if (itemContent === undefined)
      throw new Refusal(400, [{ attr: "content", code: "blank", detail: "content is missing" }]);
    if (id !== undefined && this.items.find(id)) {
      throw new Refusal(409, [
        { attr: "newConversationItems", code: "taken", detail: "conversation item already exists" },
      ]);
    }
    const initiator = { id: API_USER_AGENT_ID, type: "API" } as const;
    return { ...(id === undefined ? {} : { id }), initiator, content: itemContent };
  }

  private readContent(content: Fields): ItemRecord["content"] {
    const type = content.text("type", { required: true });
    if (type !== undefined && type !== "CUSTOMER_ACTIVITY") {
      content.error("type", "invalid", "only CUSTOMER_ACTIVITY can be created");
    }
    const activityType = content.text("activityType", { required: true });
    if (activityType !== undefined && !TYPES.has(activityType)) {
      content.error("activityType", "invalid", `activityType must be one of ${[...TYPES].join(", ")}`);
    }
    const link = content.inner("link");
    const occurredAt = content.text("occurredAt");
    if (occurredAt !== undefined && !(Date.parse(occurredAt) >= this.clock.now() - YEAR)) {
      content.error("occurredAt", "invalid", "occurredAt must be a time of the past year");
    }
    const fields = {
      title: content.text("title", { longest: 100 }),
      body: content.text("body", { longest: 25_000 }),
      sourceName: content.text("sourceName", { longest: 50 }),
      link: link && { url: link.text("url"), text: link.text("text", { longest: 50 }) },
      expandByDefault: content.flag("expandByDefault"),
      occurredAt,
    };
    return { type: "CUSTOMER_ACTIVITY", activityType, ...fields, receivedAt: this.clock.timestamp() };
  }
}
