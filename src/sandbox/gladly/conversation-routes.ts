/** The routes of conversations, their topics, freeform topics and notes. */
import { empty, json } from "../http/exchange";
import { type Route, route } from "../http/router";
import { API_USER, type ApiDeps, created } from "./api-deps";
import { type ConversationAttribute, showConversation } from "./conversation-record";
import { Fields } from "./fields";
import { showItem } from "./item-routes";
import { listed } from "./listing";
import { notFound } from "./refusal";

export function conversationRoutes({ conversations, items, topics, settings }: ApiDeps): Route[] {
  return [
    route("GET", "/api/v1/conversations/{conversationId}", (_call, path) =>
      json(200, showConversation(conversations.get(path.get("conversationId")), settings())),
    ),
    route("PATCH", "/api/v1/conversations/{conversationId}", (call, path) => {
      conversations.update(path.get("conversationId"), Fields.of(call), API_USER);
      return empty(204);
    }),
    route("GET", "/api/v1/conversations/{conversationId}/items", (_call, path) => {
      const { id, customerId } = conversations.get(path.get("conversationId"));
      const shown = items.ofConversation(id).map(showItem);
      const last = { id: `unknown-${id}`.slice(0, 49), customerId, conversationId: id, content: { type: "HOLOGRAM" } };
      const timestamp = shown.at(-1)?.timestamp;
      return listed(settings(), "items", settings().unknownItems ? [...shown, { ...last, timestamp }] : shown);
    }),
    route("POST", "/api/v1/conversations/{conversationId}/topics", (call, path) => {
      const { id } = conversations.get(path.get("conversationId"));
      const fields = Fields.of(call);
      const topicIds = fields.texts("topicIds", { required: true }) ?? [];
      const unusable = topicIds.filter((topicId) => topics.find(topicId)?.disabled !== false);
      if (unusable.length > 0) fields.error("topicIds", "invalid", `no such topic in use: ${unusable.join(", ")}`);
      fields.check();
      conversations.labels.addTopics(id, topicIds, API_USER);
      return empty(204);
    }),
    route("DELETE", "/api/v1/conversations/{conversationId}/topics/{topicId}", (_call, path) => {
      conversations.labels.removeTopic(path.get("conversationId"), path.get("topicId"), API_USER);
      return empty(204);
    }),
    route("POST", "/api/v1/conversations/{conversationId}/notes", (call, path) => {
      const { id } = conversations.get(path.get("conversationId"));
      const fields = Fields.of(call);
      // Gladly's description has `body`, its example wraps `body` in `content`. The sandbox accepts both.
      const body = fields.text("body") ?? fields.inner("content")?.text("body");
      if (body === undefined) fields.error("body", "blank", "body cannot be blank");
      fields.check();
      const note = conversations.labels.addNote(id, body, API_USER);
      return created(`/api/v1/conversations/${encodeURIComponent(id)}/notes/${note.id}`);
    }),
    route("GET", "/api/v1/conversations/{conversationId}/notes/{noteId}", (_call, path) => {
      const note = items.find(path.get("noteId"));
      const own = note?.conversationId === path.get("conversationId") && note.content.type === "CONVERSATION_NOTE";
      if (note === undefined || !own) throw notFound();
      return json(200, showItem(note));
    }),
    route(
      "POST",
      "/api/v1/customer-history/{customerId}/conversations/{conversationId}/custom-attributes",
      (call, path) => {
        const { id, customerId } = conversations.get(path.get("conversationId"));
        if (customerId !== path.get("customerId")) throw notFound();
        const fields = Fields.of(call);
        const add = readAttributes(fields, "add");
        const remove = readAttributes(fields, "remove");
        if (!fields.has("add") && !fields.has("remove")) fields.error("add", "blank", "add or remove must be given");
        fields.check();
        conversations.labels.changeAttributes(id, add, remove, API_USER);
        return empty(204);
      },
    ),
    route("GET", "/api/v1/customers/{customerId}/conversations", (_call, path) =>
      listed(settings(), "conversations", conversations.ofCustomer(path.get("customerId")), (one) =>
        showConversation(one, settings()),
      ),
    ),
  ];
}

function readAttributes(fields: Fields, name: string): ConversationAttribute[] {
  return (fields.objects(name) ?? []).map((entry) => ({
    id: entry.text("key", { required: true }) ?? "",
    value: entry.text("value", { required: true }) ?? "",
  }));
}
