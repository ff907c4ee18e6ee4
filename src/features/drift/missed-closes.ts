/** What happens to conversations that closed while Gladly delivered nothing. */
import type { EnvironmentLook } from "./observation";

const HOUR = 3_600_000;
/** The Events API goes back 24 hours (docs/vendors/gladly-api.md section 14). */
const HISTORY = 24 * HOUR;

/**
 * One or two sentences.
 *
 * @param since when deliveries stopped, RFC 3339; undefined when that is not known
 * @param now milliseconds since the epoch; undefined when that is not known
 */
export function missedCloses(
  delivery: EnvironmentLook["delivery"],
  since: string | undefined,
  now: number | undefined,
  until = "Conversations that closed since then were not delivered.",
): string {
  const began = Date.parse(since ?? "");
  const known = !Number.isNaN(began) && now !== undefined;
  const reach = known ? Math.min(HISTORY, Math.max(0, began + HISTORY - now)) : undefined;
  return `${until} ${delivery === "direct" ? notFetched(reach) : relayFetches(reach)}`;
}

/** `direct`: no relay reads the history. */
function notFetched(reach: number | undefined): string {
  const lost = 'With delivery "direct" nothing fetches them from Gladly\'s history, so they get no survey';
  if (reach === undefined) return `${lost}.`;
  if (reach === 0) return `${lost}. The first ones are older than the 24 hours of the history.`;
  return `${lost}. The history keeps the first ones for another ${hours(reach)}.`;
}

function relayFetches(reach: number | undefined): string {
  const relay = "While it runs, the relay fetches them from Gladly's history, up to 24 hours back";
  if (reach === undefined) return `${relay}.`;
  if (reach === 0) return `${relay}. The first ones are older: what the relay has not fetched by now is lost.`;
  return `${relay}: their surveys are late, not lost. The first ones leave the history in ${hours(reach)}.`;
}

/** `7 hours`, `40 minutes`. @param milliseconds above 0 */
export function hours(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 120) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
