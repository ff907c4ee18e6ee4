/** What happens to conversations that closed while Gladly delivered nothing. */
import { count } from "../../report/report";
import type { DriftContext } from "./context";
import { isNotKnown } from "./observation";

const HOUR = 3_600_000;
/** The Events API goes back 24 hours (docs/vendors/gladly-api.md section 14). */
const HISTORY = 24 * HOUR;

/**
 * One to three sentences. That surveys come late and are not lost is said only where it was checked that the relay's time
 * had begun by then: earlier closes went to the previous receiver.
 *
 * @param since when deliveries stopped, RFC 3339; undefined when that is not known
 */
export function missedCloses(
  { environment, relay, now }: Pick<DriftContext, "environment" | "relay" | "now">,
  since: string | undefined,
  until = "Conversations that closed since then were not delivered.",
): string {
  const stopped = Date.parse(since ?? "");
  const known = !Number.isNaN(stopped) && now !== undefined;
  const reach = known ? Math.min(HISTORY, Math.max(0, stopped + HISTORY - now)) : undefined;
  if (environment?.delivery === "direct") return `${until} ${notFetched(reach)}`;
  if (relay === undefined || isNotKnown(relay)) return `${until} ${notChecked(reach, relay?.notKnown)}`;
  const { began } = relay;
  if (began === undefined) {
    return `${until} The relay has received nothing from Gladly yet, and fetches only what closes after its first delivery. Those conversations get no survey from it.`;
  }
  if (known && began > stopped) {
    return `${until} The relay fetches those that closed after ${new Date(began).toISOString()}, when Gladly first delivered to it, and none from before.`;
  }
  return `${until} ${relayFetches(reach)}`;
}

/** `direct`: no relay reads the history. */
function notFetched(reach: number | undefined): string {
  const lost = 'With delivery "direct" nothing fetches them from Gladly\'s history, so they get no survey';
  if (reach === undefined) return `${lost}.`;
  if (reach === 0) return `${lost}. The first ones are older than the 24 hours of the history.`;
  return `${lost}. The history keeps the first ones for another ${hours(reach)}.`;
}

const FETCHES = "While it runs, the relay fetches them from Gladly's history, up to 24 hours back";

function relayFetches(reach: number | undefined): string {
  if (reach === undefined) return `${FETCHES}.`;
  if (reach === 0) return `${FETCHES}. The first ones are older: what the relay has not fetched by now is lost.`;
  return `${FETCHES}: their surveys are late, not lost. The first ones leave the history in ${hours(reach)}.`;
}

function notChecked(reach: number | undefined, why: string | undefined): string {
  const condition = `${FETCHES}, if Gladly had delivered to it before. That was not checked${why === undefined ? "" : `: ${why}`}`;
  const ended = condition.endsWith(".") ? condition : `${condition}.`;
  if (reach === undefined) return ended;
  return reach === 0
    ? `${ended} The first ones are older than the history.`
    : `${ended} The first ones leave the history in ${hours(reach)}.`;
}

/** `7 hours`, `40 minutes`. @param milliseconds above 0 */
export function hours(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  return minutes < 120 ? count(minutes, "minute") : count(Math.round(minutes / 60), "hour");
}
