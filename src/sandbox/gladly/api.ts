/** The routes of Gladly's REST API. */
import { empty, json } from "../http/exchange";
import { type Route, route } from "../http/router";
import { type ApiDeps, created } from "./api-deps";
import { conversationRoutes } from "./conversation-routes";
import { customerRoutes } from "./customer-routes";
import { Fields } from "./fields";
import { itemRoutes } from "./item-routes";
import { listed } from "./listing";
import { taskRoutes } from "./task-routes";
import { UNSERVED } from "./unserved";
import { showWebhook } from "./webhook";

export function gladlyRoutes(deps: ApiDeps): Route[] {
  return [
    ...webhookRoutes(deps),
    ...topicRoutes(deps),
    ...conversationRoutes(deps),
    ...itemRoutes(deps),
    ...customerRoutes(deps),
    ...taskRoutes(deps),
    ...deps.directory.routes(deps.settings),
    ...deps.events.routes(),
    ...UNSERVED.map(({ method, path, name }) =>
      route(method, path, () => {
        const detail = `the sandbox does not serve ${name}`;
        return json(501, { errors: [{ code: "invalid", detail }] }, { "x-sandbox-not-served": name });
      }),
    ),
  ];
}

function webhookRoutes({ webhooks, settings }: ApiDeps): Route[] {
  return [
    route("GET", "/api/v1/webhooks", () => listed(settings(), "webhooks", webhooks.list(), showWebhook)),
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

function topicRoutes({ topics, settings }: ApiDeps): Route[] {
  return [
    route("GET", "/api/v1/topics", () => listed(settings(), "topics", topics.list())),
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
