/**
 * Since when the relay is responsible for closes, and how far it has read Gladly's history. Only this module writes and
 * reads the note.
 *
 * Before Gladly's webhook pointed here, Gladly delivered closes elsewhere: with `delivery: "direct"` to Stella itself.
 * Those closes are in Gladly's history too, and taking them from there would survey them a second time. So the relay's time
 * begins with the first authentic PING or delivery after the webhook points here. Gladly sends a PING when a webhook is
 * created, switched on, or given another address. Later edits do not move the beginning.
 */
import * as z from "zod/mini";
import type { Ledger } from "./ports";

const NOTE = "reconciled";
const ROUNDS = 5;

/** How much of Gladly's history each look reads again, in milliseconds, for events that appear late. */
export const OVERLAP = 30 * 60_000;

/**
 * Milliseconds after a PING that belong to Gladly's own deliveries and retries when a webhook gets another address: Gladly
 * waits up to 15 s for the answer, and until then closes still go to the old address
 * (docs/vendors/gladly-api.md sections 6 and 7.1).
 */
export const CHANGING = 30_000;

const Mark = z.object({
  /** Everything until this time was read; like all times in milliseconds since the epoch. */
  at: z.optional(z.number()),
  /** The relay does not survey closes before it. Absent in ledgers that are older than this rule. */
  begin: z.optional(z.number()),
  /** The first look with this ledger. */
  since: z.optional(z.number()),
  /** The first PING and the first other delivery, until the beginning is known. */
  pinged: z.optional(z.number()),
  delivered: z.optional(z.number()),
  /** How far Gladly's clock was ahead of ours at that delivery. Its history uses Gladly's clock. */
  ahead: z.optional(z.number()),
  /** The last look that found the webhook pointing to Stella. Earlier arrivals do not begin the relay's time. */
  elsewhere: z.optional(z.number()),
  /** The relay that wrote the mark. A relay that was removed and applied again starts from the beginning. */
  installation: z.optional(z.string()),
});
export type Mark = z.infer<typeof Mark>;

/** Where Gladly's webhook points. */
export interface Pointing {
  /** `stella`: to Stella's own endpoint, so the relay has nothing to read. */
  readonly to: "relay" | "stella" | "nowhere";
  /** When the webhook was created, if Gladly says. */
  readonly createdAt: number | undefined;
}

/** Difference in milliseconds between the clocks of two processes from which one counts as ahead. */
const SKEW = 60_000;
/** How far Gladly's history goes back, in milliseconds. */
const HISTORY = 24 * 60 * 60_000;

/** Whether a clock that was ahead of the present one wrote any of the mark's times. */
export function isFromAhead(mark: Mark, now: number): boolean {
  return Object.values(mark).some((time) => typeof time === "number" && time > now + SKEW);
}

/** Removes times from a clock that was ahead. */
function believable(mark: Mark, now: number, to: number): Mark {
  if (!isFromAhead(mark, now)) return mark;
  const isLater = (time: number | undefined) => time !== undefined && time > now + SKEW;
  const kept = Object.fromEntries(
    Object.entries(mark).filter(([, time]) => typeof time !== "number" || !isLater(time)),
  );
  // The beginning and the progress of looks are unknown then: the relay's time begins now, or all history is read again.
  if (isLater(mark.begin)) return { ...kept, begin: to, since: to, at: to };
  return isLater(mark.at) ? { ...kept, at: to - HISTORY } : kept;
}

export interface Look {
  /** The mark to write once the found closes are stored. */
  readonly next: Mark;
  /** Start of the look; undefined if no close is known to be the relay's yet. */
  readonly from: number | undefined;
}

/**
 * Plans which period a look reads.
 *
 * @param now when the relay read where Gladly's webhook points
 * @param to end of the look
 * @param wanted requested start; closes before the relay's time are ignored anyway
 * @param lostLedger also takes closes before the relay's time, because the ledger with its beginning was lost
 */
export function planLook(
  stored: Mark,
  pointing: Pointing,
  {
    now,
    to,
    wanted,
    lostLedger,
  }: {
    readonly now: number;
    readonly to: number;
    readonly wanted?: number | undefined;
    readonly lostLedger?: boolean | undefined;
  },
): Look {
  const mark = believable(stored, now, to);
  const since = mark.since ?? to;
  if (pointing.to === "stella") return { next: { since, elsewhere: now }, from: undefined };
  const { pinged: _pinged, delivered: _delivered, ahead: _ahead, ...kept } = mark;
  const begin =
    mark.begin ?? arrivalOf(mark, pointing) ?? (mark.at === undefined ? undefined : Number.NEGATIVE_INFINITY);
  if (begin === undefined) return { next: { ...mark, since }, from: lostLedger ? wanted : undefined };
  return {
    next: { ...kept, at: Math.max(mark.at ?? to, to), ...(Number.isFinite(begin) ? { begin, since } : {}) },
    from: Math.max(lostLedger ? 0 : begin, wanted ?? (mark.at ?? begin) - OVERLAP),
  };
}

/** A webhook that was created with this PING delivered nothing before. Any other may have pointed elsewhere until now. */
function arrivalOf({ pinged, delivered, ahead = 0 }: Mark, { createdAt }: Pointing): number | undefined {
  if (pinged === undefined) return delivered;
  const made = createdAt !== undefined && Math.abs(pinged - createdAt) <= CHANGING;
  return Math.min(pinged + ahead + (made ? 0 : CHANGING), delivered ?? Number.POSITIVE_INFINITY);
}

/**
 * Since when closes are the relay's, in milliseconds, according to the mark before the next look; undefined until Gladly
 * has delivered something.
 */
export function beganAt(mark: Mark): number | undefined {
  // A ledger that is older than the rule has no beginning, and takes all closes.
  const older = mark.at === undefined ? undefined : Number.NEGATIVE_INFINITY;
  return mark.begin ?? older ?? arrivalOf(mark, { to: "relay", createdAt: undefined });
}

/** When Gladly was last read, by any look; undefined before the first. */
export function lastLook({ at, elsewhere }: Mark): number | undefined {
  return at === undefined ? elsewhere : Math.max(at, elsewhere ?? at);
}

export interface Kept {
  readonly mark: Mark;
  readonly version: number | undefined;
}

/** @param installation see {@link Mark}; undefined if the platform has none */
export async function readMark(ledger: Pick<Ledger, "note">, installation: string | undefined): Promise<Kept> {
  const note = await ledger.note(NOTE);
  const parsed = note === undefined ? undefined : Mark.safeParse(JSON.parse(note.value));
  const mark = parsed?.success ? parsed.data : {};
  const another = mark.installation !== undefined && installation !== undefined && mark.installation !== installation;
  return { mark: another ? {} : mark, version: note?.version };
}

/** @returns false if another process was quicker; duplicates are dropped by their keys */
export async function writeMark(
  ledger: Pick<Ledger, "saveNote">,
  kept: Kept,
  next: Mark,
  installation: string | undefined,
): Promise<boolean> {
  const text = JSON.stringify(installation === undefined ? next : { ...next, installation });
  return text === JSON.stringify(kept.mark) || ledger.saveNote(NOTE, text, kept.version);
}

/**
 * Makes the next look read the whole history again if the last one was made by a clock that was ahead. Called when the clock
 * is set back: later, once the true time has passed that of the last look, nothing shows that it was wrong.
 */
export async function rereadHistory(
  ledger: Pick<Ledger, "note" | "saveNote">,
  installation: string | undefined,
  now: number,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const kept = await readMark(ledger, installation);
    if (kept.mark.at === undefined || kept.mark.at <= now) return;
    if (await writeMark(ledger, kept, { ...kept.mark, at: now - HISTORY }, installation)) return;
  }
}

/** Milliseconds between a worker's checks whether the relay's time has begun. */
const CHECKED = 60_000;

/** Records arrivals until the relay's time has begun: a PING at once, other deliveries at most once a minute. */
export class Arrivals {
  private checkedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ledger: Pick<Ledger, "note" | "saveNote">,
    private readonly installation: string | undefined,
  ) {}

  /**
   * @param receivedAt when it was stored: at that time the webhook pointed here
   * @param closedAt when it happened by Gladly's clock, if the event says so
   */
  async note(kind: "pinged" | "delivered", receivedAt: number, now: number, closedAt = receivedAt): Promise<void> {
    if (kind === "delivered" && Math.abs(now - this.checkedAt) < CHECKED) return;
    const ahead = Math.min(Math.max(closedAt - receivedAt, 0), SKEW);
    for (let round = 0; round < ROUNDS; round += 1) {
      const kept = await readMark(this.ledger, this.installation);
      const { mark } = kept;
      const begun = mark.begin !== undefined || mark.at !== undefined;
      const known = begun || (mark[kind] !== undefined && mark[kind] <= receivedAt);
      if (known || receivedAt <= (mark.elsewhere ?? Number.NEGATIVE_INFINITY)) break;
      const next = { ...mark, [kind]: receivedAt + ahead, ...(ahead > 0 ? { ahead } : {}) };
      if (await writeMark(this.ledger, kept, next, this.installation)) break;
    }
    this.checkedAt = now;
  }
}
