/** What becomes of the conversations that were closed while Gladly delivered nothing. */
import type { EnvironmentLook } from "./observation";

const HOUR = 3_600_000;
/** The Events API goes back 24 hours (docs/vendors/gladly-api.md section 14). */
const HISTORY = 24 * HOUR;

/**
 * One or two sentences.
 *
 * @param since when deliveries stopped, RFC 3339; undefined when that is not known
 * @param now milliseconds since the epoch
 */
export function missedCloses(
  delivery: EnvironmentLook["delivery"],
  since: string | undefined,
  now: number,
  until = "Conversations that were closed since then were not delivered.",
): string {
  const began = Date.parse(since ?? "");
  const reach = Number.isNaN(began) ? undefined : Math.min(HISTORY, Math.max(0, began + HISTORY - now));
  return `${until} ${delivery === "direct" ? nobodyFetches(reach) : relayFetches(reach)}`;
}

/** `direct`: there is no relay that would read the history. */
function nobodyFetches(reach: number | undefined): string {
  const nobody = 'With delivery "direct" nobody fetches them from Gladly\'s history, so they get no survey';
  if (reach === undefined) return `${nobody}.`;
  if (reach === 0) return `${nobody}; the first of them are older than the 24 hours that the history holds.`;
  return `${nobody}; the history tells of the first of them for another ${hours(reach)}.`;
}

function relayFetches(reach: number | undefined): string {
  const relay = "The relay fetches them from Gladly's history of 24 hours by itself, as long as it runs";
  if (reach === undefined) return `${relay}.`;
  if (reach === 0) return `${relay}; the first of them are older than that: what it has not fetched by now is lost.`;
  return `${relay}: their surveys are late, not lost. The first of them leave the history in ${hours(reach)}.`;
}

/** `7 hours`, `40 minutes`. @param milliseconds above 0 */
export function hours(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 120) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
