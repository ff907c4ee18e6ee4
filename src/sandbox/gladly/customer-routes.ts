/** The routes of customer profiles. */
import { empty, json } from "../http/exchange";
import { type Route, route } from "../http/router";
import { type ApiDeps, created } from "./api-deps";
import { showCustomer } from "./customers";
import { eraseCustomer } from "./erase";
import { Fields } from "./fields";
import { listed } from "./listing";

export function customerRoutes(deps: ApiDeps): Route[] {
  const { customers, settings } = deps;
  return [
    route("GET", "/api/v1/customer-profiles", (call) =>
      listed(settings(), "customers", customers.search(call.query), showCustomer),
    ),
    route("POST", "/api/v1/customer-profiles", (call) => {
      const { id } = customers.create(Fields.of(call));
      return created(`/api/v1/customer-profiles/${encodeURIComponent(id)}`);
    }),
    route("GET", "/api/v1/customer-profiles/{customerId}", (_call, path) =>
      json(200, showCustomer(customers.get(path.get("customerId")))),
    ),
    route("PATCH", "/api/v1/customer-profiles/{customerId}", (call, path) => {
      customers.update(path.get("customerId"), Fields.of(call));
      return empty(204);
    }),
    route("DELETE", "/api/v1/customer-profiles/{customerId}", (_call, path) => {
      eraseCustomer(deps, path.get("customerId"));
      return empty(204);
    }),
  ];
}
