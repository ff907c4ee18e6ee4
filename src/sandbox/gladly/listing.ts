/** Lists as Gladly answers them: plain arrays without pages. A header says when a list is cut at its limit. */
import { json, type Reply } from "../http/exchange";
import type { GladlySettings } from "./settings";

/** @param which the name of the limit */
export function listed<T>(
  settings: GladlySettings,
  which: keyof GladlySettings["listLimits"],
  entries: readonly T[],
  show: (entry: T) => unknown = (entry) => entry,
): Reply {
  const limit = settings.listLimits[which] ?? Number.POSITIVE_INFINITY;
  const headers = entries.length > limit ? { "Gladly-Limited-Data": settings.limitedDataValue } : {};
  return json(200, entries.slice(0, limit).map(show), headers);
}
