/** Guards Stella's reads: key, token and calls a minute for each key (docs/vendors/stella-connect-api.md sections 2 and 4.3). */
import { type Call, empty, json, type Reply } from "../http/exchange";
import type { Route } from "../http/router";
import { forbidden, headerOf, modeOf, type StellaKeys } from "./api";
import type { StellaSettings } from "./settings";
import { tokenFault } from "./token";

export interface ReadGuard {
  readonly keys: StellaKeys;
  readonly apiSecret: string;
  readonly settings: () => StellaSettings;
}

/** Adds the guard to each route. */
export function guardedReads(guard: ReadGuard, routes: readonly Route[]): Route[] {
  const minutes = new Map<string, { minute: number; calls: number }>();
  return routes.map((read) => ({
    ...read,
    handle: (call, path) =>
      refusal(guard, call) ?? overLimit(minutes, call, guard.settings()) ?? read.handle(call, path),
  }));
}

function refusal(guard: ReadGuard, call: Call): Reply | undefined {
  const { assumptions } = guard.settings();
  const mode = modeOf(guard.keys, headerOf(call, "x-api-key"));
  if (mode === undefined || (mode === "test" && !assumptions.testKeyOpensReads)) return forbidden(guard);
  const fault = tokenFault(headerOf(call, "authorization"), guard.apiSecret, assumptions.tokenAgeSeconds);
  if (fault === undefined) return undefined;
  return assumptions.errorBody === "none" ? empty(403) : json(403, { message: `Forbidden: ${fault}` });
}

/** Uses the wall clock, as its clients do. */
function overLimit(
  minutes: Map<string, { minute: number; calls: number }>,
  call: Call,
  { readsPerMinute }: StellaSettings,
): Reply | undefined {
  const key = headerOf(call, "x-api-key") ?? "";
  const minute = Math.floor(Date.now() / 60_000);
  const last = minutes.get(key);
  const calls = last?.minute === minute ? last.calls + 1 : 1;
  minutes.set(key, { minute, calls });
  return calls > readsPerMinute ? empty(429) : undefined;
}
