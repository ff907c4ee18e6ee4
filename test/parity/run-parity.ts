/** Plays the same generated conversations with the three deliveries, and compares Stella's records at the end. */
import fc from "fast-check";
import { inParallel } from "../../src/relay/in-parallel";
import type { Closure } from "../../src/relay/record";
import { ALLOWED_DIFFERENCES, isSame } from "./allowed-differences";
import { CASE } from "./cases";
import { FORBIDDEN } from "./forbidden";
import type { Survey } from "./holdings";
import { type Numbered, play, type Sides } from "./play";
import { Side } from "./side";
import { WORLDS, type World } from "./worlds";

export interface ParityOptions {
  readonly seed: number;
  readonly cases: number;
  /** Whether some batches have answers of Stella after the relay's time limit, which take time. @default false */
  readonly timeouts?: boolean;
  /** Batches at the same time, because each mostly waits. @default 1 */
  readonly atOnce?: number;
  /** Plays only the batch of this case, such as `c773`: a case's faults depend on the others in the batch. */
  readonly only?: string | undefined;
  /** Ends the run after the current batch. */
  readonly stop?: AbortSignal;
  readonly progress?: (done: number) => void;
}

export interface ParityResult {
  readonly cases: number;
  /** Differences that are not allowed, each with its case. */
  readonly unlisted: readonly string[];
  /** How often each allowed difference occurred, by delivery. */
  readonly differences: ReadonlyMap<string, number>;
  /** How often each reason occurred, by delivery: as the final reason of a close, or for a retry. */
  readonly reasons: ReadonlyMap<string, number>;
  /** How often each fault hit a request of a relay. */
  readonly faults: ReadonlyMap<string, number>;
  readonly surveys: number;
}

/** Cases in a batch. Each batch has its own three sandboxes and two relays. */
const BATCH = 100;
/** One in this number of batches has late answers, because a long run would otherwise mostly wait. Not a divisor of the number of worlds. */
const LATE = 3;

export async function parity(options: ParityOptions): Promise<ParityResult> {
  const { seed, cases, timeouts = false, atOnce = 1, only, stop, progress } = options;
  const given = fc.sample(CASE, { seed, numRuns: cases });
  const sum = { unlisted: [] as string[], surveys: 0 };
  const [differences, reasons, faults] = [newCounts(), newCounts(), newCounts()];
  const perBatch = Math.min(BATCH, Math.ceil(cases / WORLDS.length));
  const starts = Array.from({ length: Math.ceil(cases / perBatch) }, (_value, number) => number * perBatch);
  let played = 0;
  await inParallel(starts, atOnce, async (start) => {
    const number = start / perBatch;
    const world = WORLDS[number % WORLDS.length];
    const batch = given.slice(start, start + perBatch).map((one, index) => ({ id: `c${start + index}`, given: one }));
    const left = only !== undefined && batch.every(({ id }) => id !== only);
    if (world === undefined || left || stop?.aborted) return;
    await withSides(world, timeouts && number % LATE === 0, seed + start, async (sides) => {
      await play(batch, sides);
      for (const side of [sides.forward, sides.enrich]) {
        for (const { id, strikes } of await side.struck()) count(faults, id, strikes);
        for (const reason of side.retries()) count(reasons, `${side.delivery}: ${reason}`);
      }
      await compare(batch, sides, world, {
        ...{ unlisted: sum.unlisted, differences, reasons },
        add: (surveys) => (sum.surveys += surveys),
      });
    });
    played += batch.length;
    progress?.(played);
  });
  return { cases: played, ...sum, differences, reasons, faults };
}

async function withSides(
  { policy, assumptions }: World,
  timeouts: boolean,
  seed: number,
  use: (sides: Sides) => Promise<void>,
) {
  const [direct, forward, enrich] = await Promise.all([
    Side.start({ delivery: "direct", assumptions: assumptions.direct }),
    Side.start({
      ...{ delivery: "forward", policy: policy.forward, assumptions: assumptions.forward },
      faults: { seed: 2 * seed, timeouts },
    }),
    Side.start({
      ...{ delivery: "enrich", policy: policy.enrich, assumptions: assumptions.enrich },
      faults: { seed: 2 * seed + 1, timeouts },
    }),
  ]);
  try {
    await use({ direct, forward, enrich });
  } finally {
    await Promise.all([direct, forward, enrich].map((side) => side.end()));
  }
}

interface Tally {
  readonly unlisted: string[];
  readonly differences: Map<string, number>;
  readonly reasons: Map<string, number>;
  readonly add: (surveys: number) => void;
}

async function compare(
  batch: readonly Numbered[],
  sides: Sides,
  { policy }: Pick<World, "policy">,
  tally: Tally,
): Promise<void> {
  const held = await sides.direct.surveys();
  for (const delivery of ["forward", "enrich"] as const) {
    const [surveys, ledger] = [await sides[delivery].surveys(), await sides[delivery].closures()];
    for (const { reason, finishedAt } of [...ledger.values()].flat())
      if (finishedAt !== undefined) count(tally.reasons, `${delivery}: ${reason}`);
    for (const { id, given } of batch) {
      const closures = ledger.get(id) ?? [];
      const compared = {
        ...{ given, delivery, policy: policy[delivery], closures },
        ...{ direct: held.get(id) ?? [], relayed: surveys.get(id) ?? [] },
      };
      tally.add(compared.relayed.length);
      let expected: readonly Survey[] = compared.direct;
      for (const { name, deliveries, apply } of ALLOWED_DIFFERENCES) {
        if (isEqual(expected, compared.relayed)) break;
        if (!deliveries.includes(delivery)) continue;
        const next = apply(compared, expected);
        if (next === undefined || isEqual(next, expected)) continue;
        expected = next;
        count(tally.differences, `${delivery}: ${name}`);
      }
      const forbidden = FORBIDDEN.filter(({ isBroken }) => isBroken(compared)).map(({ name }) => name);
      if (!isEqual(expected, compared.relayed) || forbidden.length > 0) {
        const refusals = { direct: await sides.direct.refusals(id), relayed: await sides[delivery].refusals(id) };
        tally.unlisted.push(difference(id, { forbidden, ...compared, expected, refusals }, closures));
      }
    }
  }
}

function isEqual(one: readonly Survey[], other: readonly Survey[]): boolean {
  return one.length === other.length && one.every((survey, index) => other[index] && isSame(survey, other[index]));
}

function difference(id: string, compared: object, closures: readonly Closure[]): string {
  const ledger = closures.map(({ state, reason, detail }) => `${state} ${reason} ${detail ?? ""}`);
  return JSON.stringify({ id, ...compared, closures: ledger }, undefined, 1);
}

const newCounts = () => new Map<string, number>();

function count(counts: Map<string, number>, name: string, times = 1): void {
  if (times > 0) counts.set(name, (counts.get(name) ?? 0) + times);
}
