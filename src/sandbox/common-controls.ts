/** The controls that both servers serve under `/_sandbox/`: clock, faults, journal, pending work. */
import * as z from "zod";
import type { SandboxClock } from "./clock";
import { Fault, type Faults } from "./faults";
import { controlBody } from "./http/control-body";
import { json } from "./http/exchange";
import { type Route, route } from "./http/router";
import type { Journal } from "./journal";
import type { Pending } from "./pending";

const ClockChange = z.strictObject({
  scale: z.number().positive().optional(),
  advance: z.number().min(0).optional(),
  freeze: z.boolean().optional(),
});

/** One fault or a list of them. */
const FaultsToAdd = z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(Fault));

export function commonControls(deps: {
  clock: SandboxClock;
  faults: Faults;
  journal: Journal;
  pending: Pending;
}): Route[] {
  const { clock, faults, journal, pending } = deps;
  return [
    route("GET", "/_sandbox/clock", () => json(200, clock.reading())),
    route("POST", "/_sandbox/clock", (call) => {
      clock.change(controlBody(call, ClockChange));
      return json(200, clock.reading());
    }),
    route("GET", "/_sandbox/faults", () => json(200, faults.list())),
    route("POST", "/_sandbox/faults", (call) => {
      for (const fault of controlBody(call, FaultsToAdd)) faults.add(fault);
      return json(200, faults.list());
    }),
    route("DELETE", "/_sandbox/faults", () => {
      faults.remove();
      return json(200, faults.list());
    }),
    route("DELETE", "/_sandbox/faults/{faultId}", (_call, path) => {
      faults.remove(path.get("faultId"));
      return json(200, faults.list());
    }),
    route("GET", "/_sandbox/journal", (call) => json(200, journal.after(Number(call.query.get("after") ?? 0)))),
    route("GET", "/_sandbox/pending", () => json(200, { count: pending.count })),
  ];
}
