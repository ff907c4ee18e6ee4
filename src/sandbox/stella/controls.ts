/** The controls of the sandbox's Stella Connect: what its pages show, and settings that have no API. */
import * as z from "zod";
import { changedSettings, controlBody, InvalidControl } from "../http/control-body";
import { empty, json } from "../http/exchange";
import { type Route, route } from "../http/router";
import { EmployeeStatus } from "../scenario";
import { StellaSettings } from "./settings";
import type { StellaStore } from "./store";

export interface StellaControlDeps {
  readonly store: StellaStore;
  readonly settings: () => StellaSettings;
  readonly change: (settings: StellaSettings) => void;
  readonly reset: () => void;
}

export function stellaControls({ store, settings, change, reset }: StellaControlDeps): Route[] {
  return [
    route("GET", "/_sandbox/requests", () => json(200, store.list())),
    route("GET", "/_sandbox/inbox", () => json(200, store.testInbox)),
    route("GET", "/_sandbox/outbox", () => json(200, store.outbox)),
    route("GET", "/_sandbox/status", () => json(200, statusPage(store))),
    route("GET", "/_sandbox/employees", () => json(200, store.employees)),
    route("POST", "/_sandbox/employees/{email}", (call, path) => {
      const email = path.get("email");
      if (!store.employees.some((employee) => employee.email === email)) {
        throw new InvalidControl(`There is no employee ${email}.`, 404);
      }
      const { status } = controlBody(call, z.strictObject({ status: EmployeeStatus }));
      store.employees = store.employees.map((one) => (one.email === email ? { ...one, status } : one));
      return json(200, store.employees);
    }),
    route("GET", "/_sandbox/settings", () => json(200, settings())),
    route("POST", "/_sandbox/settings", (call) => {
      change(changedSettings(call, StellaSettings, settings()));
      return json(200, settings());
    }),
    route("POST", "/_sandbox/reset", () => {
      reset();
      return empty(204);
    }),
  ];
}

/** Stella's API Status page: invalid requests of both keys, and accepted requests of the test key. */
export function statusPage(store: StellaStore) {
  const all = store.list();
  return {
    invalid: all.filter((request) => request.decision === "refused"),
    test: all.filter((request) => request.mode === "test" && request.decision === "accepted"),
    alerts: store.alerts,
  };
}
