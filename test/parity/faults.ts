/** Faults between the relay and its two vendors during a parity run. They must not change Stella's records. */
import type { Delivery } from "./side";

/** A fault for `POST /_sandbox/faults`. Its id appears in the run's summary. */
export interface TransportFault {
  readonly id: string;
  readonly effect: Readonly<Record<string, unknown>>;
  readonly method: string;
  readonly path: string;
  readonly share: number;
}

const status = (code: number, when: "before" | "after", headers = {}) => ({
  kind: "status",
  status: code,
  when,
  headers,
});
const RETRY = { "retry-after": "1" };

/** Stella's faults. Each has a small share, so that three lost answers in a row, which park a close, are rare. */
const STELLA = Object.entries({
  "401": status(401, "before"),
  "429": status(429, "before", RETRY),
  "500": status(500, "before"),
  "502 although accepted": status(502, "after"),
  "503 with Retry-After": status(503, "before", RETRY),
  "503": status(503, "before"),
  "504 although accepted": status(504, "after"),
  "cut before it was accepted": { kind: "cut", when: "before" },
  "cut after it was accepted": { kind: "cut", when: "after" },
}).map(([what, effect]) => ({ id: `Stella: ${what}`, effect, method: "POST", path: "/v1/", share: 0.04 }));

/** Longer than the relay waits, so that the answer counts as lost, but Stella accepts the request. */
export const TIMEOUT: TransportFault = {
  id: "Stella: no answer in time",
  effect: { kind: "latency", milliseconds: 11_000 },
  method: "POST",
  path: "/v1/",
  share: 0.02,
};

const GLADLY = Object.entries({
  "401": status(401, "before"),
  "429": status(429, "before", RETRY),
  "500": status(500, "before"),
  "503": status(503, "before"),
  cut: { kind: "cut", when: "before" },
}).map(([what, effect]) => ({ id: `Gladly: ${what}`, effect, method: "GET", path: "/api/v1/", share: 0.03 }));

export const FAULT_NAMES = [...STELLA, TIMEOUT, ...GLADLY].map(({ id }) => id);

/** With `forward` there are no faults of Gladly: Stella reads Gladly, and how it handles a failed read is not documented. */
export function faultsOf(
  delivery: Delivery,
  timeouts: boolean,
): { stella: TransportFault[]; gladly: TransportFault[] } {
  if (delivery === "direct") return { stella: [], gladly: [] };
  return { stella: [...STELLA, ...(timeouts ? [TIMEOUT] : [])], gladly: delivery === "enrich" ? GLADLY : [] };
}
