/**
 * Deletes expired ledger records, and expired parked events with their bodies. It works in small steps with pauses, because a
 * delivery waits for the current commit, and Gladly gives up after 15 s.
 */
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import type { Clock, Ledger, Metrics } from "../ports";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOTE = "clock";
/** How long the clock must have run evenly before anything is deleted by its time. */
const EVEN_MS = DAY;
/** A longer gap between two checks means that the clock leaped or the relay was off; in milliseconds. */
const LONGEST_GAP_MS = 26 * HOUR;
/** Target duration of one step, in milliseconds. */
const STEP_MS = 8;
/** Rows in the first step. The duration of each step decides the size of the next. */
const FIRST_STEP = 50;
const MOST_ROWS = 1_000;

const Note = z.object({ seenAt: z.number(), evenSince: z.number() });

/** A store with old rows. Each step is one commit. */
export interface OldRows {
  /** Deletes up to `most` rows that did not change since `before`, in milliseconds since the epoch. Returns how many. */
  forget(before: number, most: number): Promise<number>;
}

export interface HousekeepingDeps {
  readonly ledger: Pick<Ledger, "note" | "saveNote"> & OldRows;
  readonly queue: OldRows;
  /** Returns freed space to the disk. Resolves to whether there is more. */
  readonly shrink: () => Promise<boolean>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Ends the work after the current step. */
  readonly stop?: AbortSignal;
}

/** @param retentionDays days for which a record is kept after its last change */
export async function keepHouse(retentionDays: number, deps: HousekeepingDeps): Promise<void> {
  const now = deps.clock.now();
  if (!(await clockRunsEvenly(now, deps))) return;
  const before = now - retentionDays * DAY;
  // Parked events first: their records count lost answers and must not be deleted before them.
  await inSteps((most) => deps.queue.forget(before, most), "parked", deps);
  await inSteps((most) => deps.ledger.forget(before, most), "record", deps);
  while (!deps.stop?.aborted && (await deps.shrink())) await pause(4 * STEP_MS);
}

/**
 * Whether the clock ran without a leap for a day, according to stored checks. A clock that is briefly forty days ahead must
 * not empty the ledger.
 */
async function clockRunsEvenly(now: number, { ledger }: HousekeepingDeps): Promise<boolean> {
  const note = await ledger.note(NOTE);
  const parsed = note === undefined ? undefined : Note.safeParse(JSON.parse(note.value));
  const gap = parsed?.success ? now - parsed.data.seenAt : Number.NaN;
  const even = gap >= 0 && gap <= LONGEST_GAP_MS;
  const evenSince = even && parsed?.success ? parsed.data.evenSince : now;
  await ledger.saveNote(NOTE, JSON.stringify({ seenAt: now, evenSince }), note?.version);
  return now - evenSince >= EVEN_MS;
}

async function inSteps(
  step: (most: number) => Promise<number>,
  kind: string,
  { metrics, stop }: HousekeepingDeps,
): Promise<void> {
  let most = FIRST_STEP;
  while (!stop?.aborted) {
    const begun = performance.now();
    const deleted = await step(most);
    const took = performance.now() - begun;
    for (let row = 0; row < deleted; row += 1) metrics.count("Forgotten", { kind });
    if (deleted < most) return;
    most = Math.max(10, Math.min(MOST_ROWS, Math.round((most * STEP_MS) / Math.max(1, took))));
    // Leaves four fifths of the time for deliveries.
    await pause(4 * took);
  }
}
