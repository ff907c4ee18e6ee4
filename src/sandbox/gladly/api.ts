/** Gladly's REST API: which rule answers which path, as in the project's description of it. */
import { empty, json, type Reply } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { Activities } from "./activities";
import { type Conversations, showConversation } from "./conversations";
import { type Customers, showCustomer } from "./customers";
import { API_USER_AGENT_ID, type Directory } from "./directory";
import type { EventLog, Initiator } from "./events";
import { Fields } from "./fields";
import type { ItemRecord, Items } from "./items";
import { notFound, Refusal } from "./refusal";
import type { Topics } from "./topics";
import { showWebhook } from "./webhook";
import type { Webhooks } from "./webhooks";

export interface GladlyParts {
  readonly webhooks: Webhooks;
  readonly topics: Topics;
  readonly conversations: Conversations;
  readonly customers: Customers;
  readonly items: Items;
  readonly activities: Activities;
  readonly directory: Directory;
  readonly events: EventLog;
}

/** Whoever changes something over the API. */
const API_USER: Initiator = { id: API_USER_AGENT_ID, type: "API" };

/** Most items that are listed for one conversation. */
const MOST_ITEMS = 1000;

export function gladlyRoutes(parts: GladlyParts): Route[] {
  return [
    ...webhookRoutes(parts.webhooks),
    ...topicRoutes(parts.topics),
    ...conversationRoutes(parts),
    ...itemRoutes(parts),
    ...customerRoutes(parts),
    ...parts.directory.routes(),
    ...parts.events.routes(),
  ];
}

function webhookRoutes(webhooks: Webhooks): Route[] {
  return [
    route("GET", "/api/v1/webhooks", () => json(200, webhooks.list().map(showWebhook))),
    route("POST", "/api/v1/webhooks", async (call) => {
      const { id } = await webhooks.create(Fields.of(call));
      return created(`/api/v1/webhooks/${id}`);
    }),
    route("GET", "/api/v1/webhooks/{webhookId}", (_call, path) =>
      json(200, showWebhook(webhooks.get(path.get("webhookId")))),
    ),
    route("PATCH", "/api/v1/webhooks/{webhookId}", async (call, path) => {
      webhooks.get(path.get("webhookId"));
      await webhooks.update(path.get("webhookId"), Fields.of(call));
      return empty(204);
    }),
    route("DELETE", "/api/v1/webhooks/{webhookId}", (_call, path) => {
      webhooks.delete(path.get("webhookId"));
      return empty(204);
    }),
  ];
}

function topicRoutes(topics: Topics): Route[] {
  return [
    route("GET", "/api/v1/topics", () => json(200, topics.list())),
    route("POST", "/api/v1/topics", (call) => {
      const { id } = topics.create(Fields.of(call));
      return created(`/api/v1/topics/${encodeURIComponent(id)}`);
    }),
    route("GET", "/api/v1/topics/{topicId}", (_call, path) => json(200, topics.get(path.get("topicId")))),
    route("PATCH", "/api/v1/topics/{topicId}", (call, path) => {
      topics.get(path.get("topicId"));
      topics.update(path.get("topicId"), Fields.of(call));
      return empty(204);
    }),
  ];
}

function conversationRoutes({ conversations, items, topics }: GladlyParts): Route[] {
  return [
    route("GET", "/api/v1/conversations/{conversationId}", (_call, path) =>
      json(200, showConversation(conversations.get(path.get("conversationId")))),
    ),
    route("PATCH", "/api/v1/conversations/{conversationId}", (call, path) => {
      conversations.update(path.get("conversationId"), Fields.of(call), API_USER);
      return empty(204);
    }),
    route("GET", "/api/v1/conversations/{conversationId}/items", (_call, path) => {
      const { id } = conversations.get(path.get("conversationId"));
      const all = items.ofConversation(id);
      return json(200, all.slice(0, MOST_ITEMS).map(showItem), limited(all.length > MOST_ITEMS));
    }),
    route("POST", "/api/v1/conversations/{conversationId}/topics", (call, path) => {
      const { id } = conversations.get(path.get("conversationId"));
      const fields = Fields.of(call);
      const topicIds = fields.texts("topicIds", { required: true }) ?? [];
      const unusable = topicIds.filter((topicId) => topics.find(topicId)?.disabled !== false);
      if (unusable.length > 0) fields.error("topicIds", "invalid", `no such topic in use: ${unusable.join(", ")}`);
      fields.check();
      conversations.addTopics(id, topicIds, API_USER);
      return empty(204);
    }),
    route("DELETE", "/api/v1/conversations/{conversationId}/topics/{topicId}", (_call, path) => {
      conversations.removeTopic(path.get("conversationId"), path.get("topicId"), API_USER);
      return empty(204);
    }),
    route("GET", "/api/v1/customers/{customerId}/conversations", (_call, path) => {
      const found = conversations.ofCustomer(path.get("customerId"));
      return json(200, found.listed.map(showConversation), limited(found.limited));
    }),
  ];
}

function itemRoutes({ items, activities }: GladlyParts): Route[] {
  return [
    route("GET", "/api/v1/conversation-items/{itemId}", (_call, path) => {
      const item = items.find(path.get("itemId"));
      if (item === undefined) throw notFound();
      if (item.hidden) throw new Refusal(400, [{ code: "invalid", detail: "item is of a kind that is not available" }]);
      return json(200, showItem(item));
    }),
    route("DELETE", "/api/v1/conversation-items/{itemId}", (_call, path) => {
      const item = items.find(path.get("itemId"));
      if (item === undefined) throw notFound();
      if (item.content.type !== "CUSTOMER_ACTIVITY") {
        throw new Refusal(400, [{ code: "invalid", detail: "only customer activities can be deleted" }]);
      }
      items.remove(item.id);
      return empty(204);
    }),
    route("POST", "/api/v1/conversation-items", (call) =>
      json(200, showItem(activities.createByAddress(Fields.of(call)))),
    ),
    route("POST", "/api/v1/customers/{customerId}/conversation-items", (call, path) =>
      json(200, showItem(activities.createForCustomer(path.get("customerId"), Fields.of(call)))),
    ),
  ];
}

function customerRoutes({ customers }: GladlyParts): Route[] {
  return [
    route("GET", "/api/v1/customer-profiles", (call) => json(200, customers.search(call.query).map(showCustomer))),
    route("GET", "/api/v1/customer-profiles/{customerId}", (_call, path) =>
      json(200, showCustomer(customers.get(path.get("customerId")))),
    ),
  ];
}

function created(location: string): Reply {
  return empty(201, { location });
}

/** The value of this header is not described; that it is there is what counts. */
function limited(more: boolean): Record<string, string> {
  return more ? { "Gladly-Limited-Data": "true" } : {};
}

function showItem({ hidden: _hidden, ...item }: ItemRecord): Record<string, unknown> {
  return item;
}
