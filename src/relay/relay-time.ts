/**
 * From when on closes are the relay's to survey, and how far its looks into Gladly's history have come.
 *
 * Before Gladly's webhook pointed here, somebody else was told of each close: with `delivery: "direct"` Stella itself.
 * Such a close is in Gladly's history like any other, and taken from there it would be surveyed a second time. So the
 * relay's time begins with the change that made the webhook point here, by Gladly's own clock, and no look reaches before.
 */
import * as z from "zod/mini";
import type { Ledger } from "./ports";

const NOTE = "reconciled";

/** Read again each time, in milliseconds, for what Gladly's history told late. */
export const OVERLAP = 30 * 60_000;

/**
 * Milliseconds after the webhook's change that are left to Gladly's own deliveries and retries. Whether `updatedAt` is the
 * beginning or the end of the change is not documented, and between the two lies a PING of up to 15 s, while closes still
 * go to the old address (docs/vendors/gladly-api.md sections 6 and 7.1).
 */
export const CHANGING = 30_000;

const Mark = z.object({
  /** Everything until here was looked through, in milliseconds since the epoch as all times. */
  at: z.optional(z.number()),
  /** Closes before it are not the relay's. Absent in ledgers that are older than this rule. */
  begin: z.optional(z.number()),
  /** The first look with this ledger: a ledger that was lost must not ask customers again. */
  since: z.optional(z.number()),
  /** Which relay of this home made the mark: one that was taken away and applied again begins anew. */
  installation: z.optional(z.string()),
});
export type Mark = z.infer<typeof Mark>;

/** Where Gladly's webhook points, and since when. */
export interface Pointing {
  /** `stella`: to Stella's own endpoint, so that the relay has nothing to look for. */
  readonly to: "relay" | "stella" | "nowhere";
  /** The webhook's last change, where Gladly tells it. */
  readonly changedAt: number | undefined;
}

export interface Look {
  /** The mark to write when what was found is stored. */
  readonly next: Mark;
  /** From where to look; undefined when no close is the relay's yet. */
  readonly from: number | undefined;
}

/**
 * What a look may take.
 *
 * @param to end of the look
 * @param wanted start that somebody asked for; what was before the relay's time stays out all the same
 */
export function plan(mark: Mark, pointing: Pointing, to: number, wanted?: number): Look {
  const since = mark.since ?? to;
  if (pointing.to === "stella") return { next: { since }, from: undefined };
  const known = mark.begin ?? (mark.at === undefined ? undefined : Number.NEGATIVE_INFINITY);
  if (known === undefined && pointing.to === "nowhere") return { next: { ...mark, since }, from: undefined };
  const begin = known ?? Math.max(since, (pointing.changedAt ?? 0) + CHANGING);
  return {
    next: {
      ...mark,
      at: Math.max(mark.at ?? to, to),
      ...(Number.isFinite(begin) ? { begin, since } : {}),
    },
    from: Math.max(begin, wanted ?? (mark.at ?? begin) - OVERLAP),
  };
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

/** Another process that was quicker wins, and what was read twice is dropped by its keys. */
export async function writeMark(
  ledger: Pick<Ledger, "saveNote">,
  kept: Kept,
  next: Mark,
  installation: string | undefined,
): Promise<void> {
  const text = JSON.stringify(installation === undefined ? next : { ...next, installation });
  if (text !== JSON.stringify(kept.mark)) await ledger.saveNote(NOTE, text, kept.version);
}
