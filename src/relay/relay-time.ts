/**
 * From when on closes are the relay's to survey, and how far its looks into Gladly's history have come. This module alone
 * writes and reads the note.
 *
 * Before Gladly's webhook pointed here, somebody else was told of each close: with `delivery: "direct"` Stella itself.
 * Such a close is in Gladly's history like any other, and taken from there it would be surveyed a second time. So the
 * relay's time begins with the first authentic PING or delivery after the webhook points here: Gladly sends a PING when a
 * webhook is made, switched on, or given another address. Later edits do not move it.
 */
import * as z from "zod/mini";
import type { Ledger } from "./ports";

const NOTE = "reconciled";
const ROUNDS = 5;

/** Read again each time, in milliseconds, for what Gladly's history told late. */
export const OVERLAP = 30 * 60_000;

/**
 * Milliseconds after a PING that are left to Gladly's own deliveries and retries when a webhook was given another address:
 * Gladly waits up to 15 s for the answer, and until then closes still go to the old address
 * (docs/vendors/gladly-api.md sections 6 and 7.1).
 */
export const CHANGING = 30_000;

const Mark = z.object({
  /** Everything until here was looked through, in milliseconds since the epoch as all times. */
  at: z.optional(z.number()),
  /** Closes before it are not the relay's. Absent in ledgers that are older than this rule. */
  begin: z.optional(z.number()),
  /** The first look with this ledger. */
  since: z.optional(z.number()),
  /** The first PING, and the first other delivery, until the beginning is known. */
  pinged: z.optional(z.number()),
  delivered: z.optional(z.number()),
  /** By how much Gladly's clock was ahead of ours at that delivery: its history is read by Gladly's clock. */
  ahead: z.optional(z.number()),
  /** The last look that found the webhook pointing to Stella: what arrived before it does not begin the relay's time. */
  elsewhere: z.optional(z.number()),
  /** Which relay of this home made the mark: one that was taken away and applied again begins from the start. */
  installation: z.optional(z.string()),
});
export type Mark = z.infer<typeof Mark>;

/** Where Gladly's webhook points. */
export interface Pointing {
  /** `stella`: to Stella's own endpoint, so that the relay has nothing to look for. */
  readonly to: "relay" | "stella" | "nowhere";
  /** When the webhook was made, where Gladly tells it. */
  readonly createdAt: number | undefined;
}

/** Milliseconds by which the clocks of two processes may differ before one of them counts as ahead. */
const SKEW = 60_000;
/** As far as Gladly's history goes back, in milliseconds. */
const HISTORY = 24 * 60 * 60_000;

/** Whether any of the mark's times was written by a clock that was ahead of the present one. */
export function isFromAhead(mark: Mark, now: number): boolean {
  return Object.values(mark).some((time) => typeof time === "number" && time > now + SKEW);
}

/** Without the times of a clock that was ahead. */
function believable(mark: Mark, now: number, to: number): Mark {
  if (!isFromAhead(mark, now)) return mark;
  const late = (time: number | undefined) => time !== undefined && time > now + SKEW;
  const kept = Object.fromEntries(Object.entries(mark).filter(([, time]) => typeof time !== "number" || !late(time)));
  // Such a clock cannot tell when the relay's time began, nor how far looks came: it begins now, or all history is due.
  if (late(mark.begin)) return { ...kept, begin: to, since: to, at: to };
  return late(mark.at) ? { ...kept, at: to - HISTORY } : kept;
}

export interface Look {
  /** The mark to write when what was found is stored. */
  readonly next: Mark;
  /** From where to look; undefined when no close is known to be the relay's yet. */
  readonly from: number | undefined;
}

/**
 * What a look may take.
 *
 * @param now when Gladly was asked where its webhook points
 * @param to end of the look
 * @param wanted start that somebody asked for; what was before the relay's time stays out all the same
 * @param lostLedger takes what was before the relay's time too: the ledger that knew its beginning was lost
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

/** A webhook that was made with this PING told nobody before; any other one may have pointed somewhere else until now. */
function arrivalOf({ pinged, delivered, ahead = 0 }: Mark, { createdAt }: Pointing): number | undefined {
  if (pinged === undefined) return delivered;
  const made = createdAt !== undefined && Math.abs(pinged - createdAt) <= CHANGING;
  return Math.min(pinged + ahead + (made ? 0 : CHANGING), delivered ?? Number.POSITIVE_INFINITY);
}

/**
 * Since when closes are the relay's, in milliseconds, as far as the mark tells before the next look; undefined while Gladly
 * has delivered nothing.
 */
export function beganAt(mark: Mark): number | undefined {
  // A ledger that is older than the rule has no beginning, and takes all closes.
  const older = mark.at === undefined ? undefined : Number.NEGATIVE_INFINITY;
  return mark.begin ?? older ?? arrivalOf(mark, { to: "relay", createdAt: undefined });
}

/** When Gladly was last read, by whatever the look was for; undefined before the first look. */
export function lastLook({ at, elsewhere }: Mark): number | undefined {
  return at === undefined ? elsewhere : Math.max(at, elsewhere ?? at);
}

export interface Kept {
  readonly mark: Mark;
  readonly version: number | undefined;
}

/** @param installation see {@link Mark}; undefined where the home has none */
export async function readMark(ledger: Pick<Ledger, "note">, installation: string | undefined): Promise<Kept> {
  const note = await ledger.note(NOTE);
  const parsed = note === undefined ? undefined : Mark.safeParse(JSON.parse(note.value));
  const mark = parsed?.success ? parsed.data : {};
  const another = mark.installation !== undefined && installation !== undefined && mark.installation !== installation;
  return { mark: another ? {} : mark, version: note?.version };
}

/** @returns false when another process was quicker; what was read twice is dropped by its keys */
export async function writeMark(
  ledger: Pick<Ledger, "saveNote">,
  kept: Kept,
  next: Mark,
  installation: string | undefined,
): Promise<boolean> {
  const text = JSON.stringify(installation === undefined ? next : { ...next, installation });
  return text === JSON.stringify(kept.mark) || ledger.saveNote(NOTE, text, kept.version);
}

/** Milliseconds for which a worker does not look again whether the relay's time has begun. */
const CHECKED = 60_000;

/** Notes what arrives until the relay's time has begun: a PING at once, other deliveries at most once a minute. */
export class Arrivals {
  private checkedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ledger: Pick<Ledger, "note" | "saveNote">,
    private readonly installation: string | undefined,
  ) {}

  /**
   * @param receivedAt when it was stored, which is when the webhook is known to have pointed here
   * @param closedAt when it happened by Gladly's clock, where it says so
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
