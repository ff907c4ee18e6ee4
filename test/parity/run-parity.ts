/** Plays the same generated conversations through the three deliveries, and compares what Stella holds at the end. */
import fc from "fast-check";
import { REASONS } from "../../src/relay/reasons";
import type { Closure } from "../../src/relay/record";
import { BOTS, DO_NOT_SEND } from "../features/preview/day";
import { ALLOWED_DIFFERENCES, isSame } from "./allowed-differences";
import { CASE, type Case } from "./cases";
import { FAULT_NAMES } from "./faults";
import { AGENTS, OTHER_INBOX, SPAM } from "./scenario";
import { type Delivery, type Policy, Side, type Survey } from "./side";

export interface ParityOptions {
  readonly seed: number;
  readonly cases: number;
  /** Whether some batches also have answers of Stella that come too late: each then waits for them. @default false */
  readonly timeouts?: boolean;
  /** Plays only the batch that this case is in, such as `c773`: what strikes one depends on those beside it. */
  readonly only?: string | undefined;
  /** Ends the run after the batch that it is in. */
  readonly stop?: AbortSignal;
  readonly progress?: (done: number) => void;
}

export interface ParityResult {
  readonly cases: number;
  /** What differs and is not allowed, each with the case that shows it. */
  readonly unlisted: readonly string[];
  /** How often each allowed difference occurred. */
  readonly differences: ReadonlyMap<string, number>;
  /** How often each reason occurred, by delivery. */
  readonly reasons: ReadonlyMap<string, number>;
  /** How often each fault struck a request of a relay. */
  readonly faults: ReadonlyMap<string, number>;
  readonly surveys: number;
}

/** Cases at once: each batch has three sandboxes and two relays of its own. */
const BATCH = 100;

const POLICIES: readonly Record<"forward" | "enrich", Policy>[] = [
  { forward: undefined, enrich: undefined },
  {
    forward: { bots: BOTS, oncePerConversation: true, exclude: { closedBy: ["API"], inboxes: ["Wholesale"] } },
    enrich: {
      ...{ bots: BOTS, oncePerConversation: true, missingName: null, channels: { VOICEMAIL: null } },
      exclude: { topics: ["Spam"], startedByAgent: true, closedBy: ["job-Nightly-Close-0001"] },
    },
  },
  {
    forward: { exclude: { topics: [SPAM], startedByAgent: true, withoutAgentMessage: true } },
    enrich: { exclude: { closedBy: ["AUTOMATION"], inboxes: [OTHER_INBOX], withoutAgentMessage: true } },
  },
];

export async function parity({
  seed,
  cases,
  timeouts = false,
  only,
  stop,
  progress,
}: ParityOptions): Promise<ParityResult> {
  const given = fc.sample(CASE, { seed, numRuns: cases });
  const sum = { unlisted: [] as string[], surveys: 0 };
  const [differences, reasons, faults] = [newCounts(), newCounts(), newCounts()];
  const perPolicy = Math.min(BATCH, Math.ceil(cases / POLICIES.length));
  let played = 0;
  for (let start = 0; start < cases && !stop?.aborted; start += perPolicy) {
    const policies = POLICIES[(start / perPolicy) % POLICIES.length];
    const batch = given.slice(start, start + perPolicy).map((one, index) => ({ id: `c${start + index}`, given: one }));
    if (policies === undefined || (only !== undefined && batch.every(({ id }) => id !== only))) continue;
    // Each third batch: with all of them a long run would mostly wait.
    const late = timeouts && (start / perPolicy) % 3 === 0;
    await withSides(policies, late, seed + start, async (sides) => {
      await play(batch, sides);
      for (const side of [sides.forward, sides.enrich]) {
        for (const { id, strikes } of await side.struck()) count(faults, id, strikes);
      }
      await compare(batch, sides, policies, { ...sum, differences, reasons, add: (count) => (sum.surveys += count) });
    });
    played += batch.length;
    progress?.(Math.min(cases, start + perPolicy));
  }
  return { cases: played, ...sum, differences, reasons, faults };
}

type Sides = Record<Delivery, Side>;
interface Numbered {
  readonly id: string;
  readonly given: Case;
}

async function withSides(
  policies: Record<"forward" | "enrich", Policy>,
  timeouts: boolean,
  seed: number,
  use: (sides: Sides) => Promise<void>,
) {
  const [direct, forward, enrich] = await Promise.all([
    Side.start({ delivery: "direct" }),
    Side.start({ delivery: "forward", policy: policies.forward, faults: { seed: 2 * seed, timeouts } }),
    Side.start({ delivery: "enrich", policy: policies.enrich, faults: { seed: 2 * seed + 1, timeouts } }),
  ]);
  try {
    await use({ direct, forward, enrich });
  } finally {
    await Promise.all([direct, forward, enrich].map((side) => side.end()));
  }
}

/** Step by step, each to its end: what a relay decides must not depend on how busy this machine is. */
async function play(batch: readonly Numbered[], { direct, forward, enrich }: Sides): Promise<void> {
  const sides = [direct, forward, enrich];
  const step = async (act: (side: Side, one: Numbered) => Promise<unknown>) => {
    await Promise.all(
      sides.map(async (side) => {
        for (const one of batch) await act(side, one);
        await side.settled();
        await side.advance();
      }),
    );
  };
  await step(async (side, { id, given }) => {
    await side.open(id, given);
    if (given.afterwards === "the do-not-send topic is added") await side.addTopic(id, DO_NOT_SEND);
    await side.close(id, given.closedBy);
  });
  await step(async (side, { id, given }) => {
    if (given.afterwards === "the event is delivered once more") await side.redeliver(id);
    if (given.afterwards.startsWith("opened again")) await side.reopen(id);
  });
  await step(async (side, { id, given }) => {
    if (!given.afterwards.endsWith("closed")) return;
    if (given.afterwards.includes("another agent")) await side.assign(id, given.inbox, AGENTS.three);
    await side.close(id, given.afterwards.includes("another agent") ? "agent" : given.closedBy);
  });
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
  policies: Record<"forward" | "enrich", Policy>,
  tally: Tally,
): Promise<void> {
  const held = await sides.direct.surveys();
  for (const delivery of ["forward", "enrich"] as const) {
    const [surveys, ledger] = [await sides[delivery].surveys(), await sides[delivery].closures()];
    for (const { id, given } of batch) {
      const closures = ledger.get(id) ?? [];
      const compared = {
        ...{ given, delivery, policy: policies[delivery], closures },
        ...{ direct: held.get(id) ?? [], relayed: surveys.get(id) ?? [] },
      };
      tally.add(compared.relayed.length);
      for (const { reason } of closures) count(tally.reasons, `${delivery}: ${reason}`);
      let expected: readonly Survey[] = compared.direct;
      for (const { name, apply } of ALLOWED_DIFFERENCES) {
        if (isEqual(expected, compared.relayed)) break;
        const next = apply(compared, expected);
        if (next === undefined || isEqual(next, expected)) continue;
        expected = next;
        count(tally.differences, `${delivery}: ${name}`);
      }
      if (!isEqual(expected, compared.relayed)) {
        const refusals = await sides[delivery].refusals(id);
        tally.unlisted.push(difference(id, { ...compared, refusals }, closures));
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

/** What happened, and what did not, for a person. */
export function describeParity({ cases, surveys, differences, reasons, faults, unlisted }: ParityResult): string {
  const lines = [
    `${cases} conversations through three deliveries, ${surveys} requests by the relays`,
    "",
    "allowed differences",
  ];
  for (const delivery of ["forward", "enrich"]) {
    for (const { name } of ALLOWED_DIFFERENCES)
      lines.push(times(differences.get(`${delivery}: ${name}`), `${delivery}: ${name}`));
  }
  lines.push("", "faults on the relays' calls");
  for (const name of FAULT_NAMES) lines.push(times(faults.get(name), name));
  lines.push("", "reasons");
  for (const delivery of ["forward", "enrich"]) {
    for (const reason of Object.keys(REASONS))
      lines.push(times(reasons.get(`${delivery}: ${reason}`), `${delivery}: ${reason}`));
  }
  return [...lines, "", `${unlisted.length} differences that are not allowed`, ...unlisted.slice(0, 10)].join("\n");
}

function times(counted: number | undefined, name: string): string {
  return `  ${counted === undefined ? "not exercised" : counted} ${name}`;
}
