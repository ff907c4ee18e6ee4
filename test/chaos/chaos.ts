/** Does random runs until the number of closes is reached. Ends all faults after each run, then checks the invariants. */
import fc from "fast-check";
import { type ChaosRun, COMMANDS, count, newChaosRun, post } from "./commands";
import { checkInvariants, Exercised } from "./invariants";
import { Simulation } from "./simulation";

export interface ChaosOptions {
  readonly seed: number;
  /** Stops after the run that reaches this number of closes. */
  readonly closes: number;
  readonly commandsPerStory: number;
  readonly progress?: (closes: number) => void;
}

export interface ChaosResult {
  readonly closes: number;
  readonly stories: number;
  readonly deaths: number;
  readonly surveys: number;
  readonly ambiguous: number;
  readonly happened: ReadonlyMap<string, number>;
  readonly exercised: Exercised;
}

/** Each run has one of these policies, with the exclusions that all runs have. */
const POLICIES = [{}, { delay: 10 }, { oncePerConversation: true }, { delay: 90, oncePerConversation: true }];

/** Runs of one fast-check property. The property is repeated with the next seed until the closes are reached. */
const STORIES_PER_ROUND = 5;

/** @throws fast-check's error with the seed and the shortest run that breaks an invariant */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const exercised = new Exercised();
  const happened = new Map<string, number>();
  const sum = { closes: 0, stories: 0, deaths: 0, surveys: 0, ambiguous: 0 };
  const commands = fc.commands(COMMANDS, { maxCommands: options.commandsPerStory, size: "max" });
  for (let round = 0; sum.closes < options.closes; round += 1) {
    const property = fc.asyncProperty(commands, fc.nat(), async (given, seed) => {
      const policy = POLICIES[seed % POLICIES.length];
      const simulation = new Simulation(seed, policy);
      const chaosRun = newChaosRun();
      try {
        await simulation.begin();
        await fc.asyncModelRun(() => ({ model: chaosRun, real: simulation }), given);
        await heal(chaosRun, simulation);
        const home = simulation.inspect();
        await checkInvariants(chaosRun, simulation.vendors, home.ledger, exercised, {
          once: policy?.oncePerConversation === true,
        }).finally(() => home.close());
      } finally {
        simulation.stop();
      }
      sum.closes += chaosRun.closes;
      sum.stories += 1;
      sum.deaths += simulation.deaths;
      sum.surveys += simulation.vendors.talks.reduce((total, talk) => total + talk.surveys, 0);
      sum.ambiguous += simulation.metrics.total("Ambiguous");
      for (const [name, times] of chaosRun.happened) happened.set(name, (happened.get(name) ?? 0) + times);
    });
    await fc.assert(property, { seed: options.seed + round, numRuns: STORIES_PER_ROUND });
    options.progress?.(sum.closes);
  }
  return { ...sum, happened, exercised };
}

/** Ends all faults, and lets time pass until nothing is left to do. */
async function heal(chaosRun: ChaosRun, simulation: Simulation): Promise<void> {
  const { vendors } = simulation;
  vendors.gladlyMood = "well";
  vendors.stellaMood = "well";
  vendors.webhookOn = true;
  simulation.secret("stella-production-key", vendors.stellaKey);
  const last = chaosRun.bodies.at(-1);
  if (last !== undefined) await post(chaosRun, simulation, last);
  vendors.now += 5 * 60_000;
  for (let round = 0; round < 500; round += 1) {
    await simulation.reconcile();
    await simulation.work();
    await replayRefused(chaosRun, simulation);
    const wait = simulation.untilDue();
    if (wait === undefined) {
      if (round > 0) return;
      continue;
    }
    vendors.now += Math.max(1000, wait);
  }
  throw new Error("events are left after 500 rounds without faults");
}

/** Replays refused requests after their cause is repaired, as an operator does. */
async function replayRefused(chaosRun: ChaosRun, simulation: Simulation): Promise<void> {
  const home = simulation.inspect();
  try {
    const replayed = await home.queue.replay("refused-by-stella", 1000);
    for (let index = 0; index < replayed; index += 1) count(chaosRun, "replay");
  } finally {
    home.close();
  }
}
