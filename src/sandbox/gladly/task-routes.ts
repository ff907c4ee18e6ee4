/** The routes of tasks and their comments. */
import { empty, json } from "../http/exchange";
import { type Route, route } from "../http/router";
import { type ApiDeps, created } from "./api-deps";
import { Fields } from "./fields";
import { listed } from "./listing";

export function taskRoutes({ tasks, settings }: ApiDeps): Route[] {
  const location = (id: string) => `/api/v1/tasks/${encodeURIComponent(id)}`;
  return [
    route("GET", "/api/v1/customers/{customerId}/tasks", (call, path) =>
      listed(settings(), "tasks", tasks.ofCustomer(path.get("customerId"), call.query.get("status"))),
    ),
    route("POST", "/api/v1/customers/{customerId}/tasks", (call, path) =>
      created(location(tasks.createFor(path.get("customerId"), Fields.of(call)).id)),
    ),
    route("POST", "/api/v1/tasks", (call) => created(location(tasks.createByAddress(Fields.of(call)).id))),
    route("GET", "/api/v1/tasks/{taskId}", (_call, path) => json(200, tasks.get(path.get("taskId")))),
    route("PATCH", "/api/v1/tasks/{taskId}", (call, path) => {
      tasks.get(path.get("taskId"));
      tasks.update(path.get("taskId"), Fields.of(call));
      return empty(204);
    }),
    route("GET", "/api/v1/tasks/{taskId}/comments", (_call, path) =>
      listed(settings(), "comments", tasks.commentsOf(path.get("taskId"))),
    ),
    route("POST", "/api/v1/tasks/{taskId}/comments", (call, path) => {
      tasks.get(path.get("taskId"));
      const { id, taskId } = tasks.addComment(path.get("taskId"), Fields.of(call));
      return created(`${location(taskId)}/comments/${encodeURIComponent(id)}`);
    }),
    route("GET", "/api/v1/tasks/{taskId}/comments/{commentId}", (_call, path) =>
      json(200, tasks.comment(path.get("taskId"), path.get("commentId"))),
    ),
  ];
}
