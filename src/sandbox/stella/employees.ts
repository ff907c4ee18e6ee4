/** `/v2/employees`: the profiles. Answers have no status, but can be filtered by it (docs/vendors/stella-connect-api.md section 7). */
import { empty, json } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { Employee, StellaStore } from "./store";

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 500;

export function employeeRoutes(store: StellaStore, url: () => string): Route[] {
  return [
    route("GET", "/v2/employees", (call) => {
      const { query } = call;
      const status = query.get("status")?.toLowerCase();
      const search = query.get("q")?.toLowerCase();
      // The documented parameter is `external_id`, but the documented example has `after`. The sandbox accepts both.
      const after = query.get("external_id") ?? query.get("after");
      const requested = Number(query.get("number_of_employees") ?? DEFAULT_PAGE);
      if (!Number.isInteger(requested) || requested < 1) return empty(400);
      const size = Math.min(requested, LARGEST_PAGE);
      const all = store.employees.filter(
        (employee) =>
          (status === undefined || employee.status.toLowerCase() === status) &&
          (search === undefined ||
            [employee.name, employee.email, employee.customId].some((text) => text.toLowerCase().includes(search))),
      );
      const start = after === null ? 0 : all.findIndex(({ customId }) => customId === after) + 1;
      const page = all.slice(start, start + size);
      const last = page.at(-1);
      const hasMore = start + size < all.length && last !== undefined;
      return json(200, {
        employees: page.map(show),
        meta: { next_page: hasMore ? nextPage(url(), query, last) : null },
      });
    }),
    route("GET", "/v2/employees/{employeeId}", (_call, path) => {
      const id = path.get("employeeId").toLowerCase();
      const employee = store.employees.find(
        ({ email, customId }) => email.toLowerCase() === id || customId.toLowerCase() === id,
      );
      return employee === undefined ? empty(404) : json(200, show(employee));
    }),
  ];
}

function nextPage(url: string, query: URLSearchParams, last: Employee): string {
  const next = new URLSearchParams(query);
  next.delete("external_id");
  next.set("after", last.customId);
  return `${url}/v2/employees?${next}`;
}

function show({ email, customId, name }: Employee): Record<string, unknown> {
  const [firstName, ...lastNames] = name.split(" ");
  return {
    email,
    custom_employee_id: customId,
    first_name: firstName,
    last_name: lastNames.join(" "),
    role: "team_member",
    employment_status: "full-time",
    channels: [],
    groups: [],
    manage_team: false,
    last_active: null,
  };
}
