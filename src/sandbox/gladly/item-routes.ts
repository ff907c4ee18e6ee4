/** The routes of timeline items: read, create and delete activities, reply, redact. */
import { empty, json, type Reply } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { Channel } from "../scenario";
import { API_USER, type ApiDeps, created } from "./api-deps";
import { Fields } from "./fields";
import { channelOfContent, type ItemRecord, isRedactable } from "./items";
import { notFound, Refusal } from "./refusal";

/** The type of a reply, by the channel of the message that it answers. */
const REPLIES: Readonly<Partial<Record<Channel, string>>> = {
  CHAT: "CHAT_MESSAGE",
  EMAIL: "EMAIL",
  FB_MESSENGER: "FACEBOOK_MESSAGE",
  INSTAGRAM_DIRECT: "INSTAGRAM_DIRECT",
  SMS: "SMS",
  WHATSAPP: "WHATSAPP",
};

export function itemRoutes(deps: ApiDeps): Route[] {
  const { items, activities } = deps;
  const find = (id: string): ItemRecord => {
    const item = items.find(id);
    if (item === undefined) throw notFound();
    return item;
  };
  const remove = (item: ItemRecord): Reply => {
    if (item.content.type !== "CUSTOMER_ACTIVITY") {
      throw new Refusal(400, [{ code: "invalid", detail: "only customer activities can be deleted" }]);
    }
    items.remove(item.id);
    return empty(204);
  };
  return [
    route("GET", "/api/v1/conversation-items/{itemId}", (_call, path) => {
      const item = find(path.get("itemId"));
      if (item.hidden) throw new Refusal(400, [{ code: "invalid", detail: "item is of a kind that is not available" }]);
      return json(200, showItem(item));
    }),
    route("DELETE", "/api/v1/conversation-items/{itemId}", (_call, path) => remove(find(path.get("itemId")))),
    route("DELETE", "/api/v1/customers/{customerId}/conversation-items/{itemId}", (_call, path) => {
      const item = find(path.get("itemId"));
      if (item.customerId !== path.get("customerId")) throw notFound();
      return remove(item);
    }),
    route("POST", "/api/v1/conversation-items", (call) =>
      json(200, showItem(activities.createByAddress(Fields.of(call)))),
    ),
    route("POST", "/api/v1/customers/{customerId}/conversation-items", (call, path) =>
      json(200, showItem(activities.createForCustomer(path.get("customerId"), Fields.of(call)))),
    ),
    route("POST", "/api/v1/conversation-items/{itemId}/redact", (_call, path) => {
      const item = find(path.get("itemId"));
      if (!isRedactable(item.content)) {
        throw new Refusal(400, [{ code: "invalid", detail: "items of this kind cannot be redacted" }]);
      }
      items.redact(item);
      return created(`/api/v1/conversation-items/${encodeURIComponent(item.id)}`);
    }),
    route("POST", "/api/v1/conversation-items/{itemId}/reply", (call, path) => {
      const item = find(path.get("itemId"));
      return created(`/api/v1/conversation-items/${reply(deps, item, Fields.of(call)).id}`);
    }),
  ];
}

/** Writes a reply. Assigns the API user if no agent is assigned. */
function reply({ conversations }: ApiDeps, item: ItemRecord, fields: Fields): ItemRecord {
  const channel = channelOfContent(item.content.type);
  const content = fields.inner("content", { required: true });
  const type = content?.text("type", { required: true });
  const body = content?.text("body", { required: true });
  const expected = channel === undefined ? undefined : REPLIES[channel];
  if (type !== undefined && type !== expected) {
    content?.error("type", "invalid", `this item can be answered by ${expected ?? "nothing"}`);
  }
  fields.check();
  if (item.conversationId === undefined || channel === undefined) throw notFound();
  conversations.assignApiUser(item.conversationId, API_USER);
  return conversations.write(item.conversationId, "agent", body ?? "", channel);
}

export function showItem({ hidden: _hidden, ...item }: ItemRecord): Omit<ItemRecord, "hidden"> {
  return item;
}
