/** The events of a chaos run, as fast-check commands: it picks them, and after a failure finds the shortest run. */
import fc from "fast-check";
import { type Simulation, STORE_FAULTS, type StoreFailure } from "./simulation";
import { GLADLY_MOODS, type GladlyMood, KINDS, type Kind, STELLA_MOODS, type StellaMood, type Talk } from "./vendors";

/** The records of a run: the answers that Gladly got, and the bodies that it can send again. */
export interface ChaosRun {
  /** Bodies that were answered 200. */
  readonly acknowledged: string[];
  /** Answers other than 200 to authentic events. */
  readonly otherAnswers: number[];
  /** Answers to authentic events while the store was missing or failing. */
  readonly answersWithoutStore: number[];
  /** Bodies that Gladly has ever sent or will send. */
  readonly bodies: string[];
  /** How often each kind of event happened. */
  readonly happened: Map<string, number>;
  /** Milliseconds since the run began. */
  elapsed: number;
  closes: number;
}

type Command = fc.AsyncCommand<ChaosRun, Simulation>;

const MINUTE = 60_000;
/** A run stays below the 72 hours after which the relay gives up, which another test covers. */
const LONGEST = 48 * 60 * MINUTE;

class Happening implements Command {
  constructor(
    private readonly name: string,
    private readonly detail: string,
    private readonly happen: (chaosRun: ChaosRun, simulation: Simulation) => Promise<boolean>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(chaosRun: ChaosRun, simulation: Simulation): Promise<void> {
    if (await this.happen(chaosRun, simulation)) count(chaosRun, this.name);
  }

  toString(): string {
    return `${this.name}(${this.detail})`;
  }
}

export function count(chaosRun: ChaosRun, name: string): void {
  chaosRun.happened.set(name, (chaosRun.happened.get(name) ?? 0) + 1);
}

export function newChaosRun(): ChaosRun {
  return {
    acknowledged: [],
    otherAnswers: [],
    answersWithoutStore: [],
    bodies: [],
    happened: new Map(),
    elapsed: 0,
    closes: 0,
  };
}

/** Posts a body as Gladly, and records the answer, if there is one. */
export async function post(chaosRun: ChaosRun, simulation: Simulation, body: string): Promise<void> {
  const answer = await simulation.deliver(body);
  if (answer === 200) chaosRun.acknowledged.push(body);
  else if (answer !== undefined) chaosRun.otherAnswers.push(answer);
}

async function close(chaosRun: ChaosRun, simulation: Simulation, talk: Talk, delivered: boolean): Promise<void> {
  const { body } = simulation.vendors.close(talk);
  chaosRun.closes += 1;
  chaosRun.bodies.push(body);
  if (simulation.vendors.webhookOn && delivered) await post(chaosRun, simulation, body);
}

/** Lets time pass: the watchdog runs every 30 minutes, and due messages are processed. */
async function pass(chaosRun: ChaosRun, simulation: Simulation, milliseconds: number): Promise<void> {
  const step = 30 * MINUTE;
  for (let left = milliseconds; left > 0; left -= step) {
    simulation.vendors.now += Math.min(step, left);
    chaosRun.elapsed += Math.min(step, left);
    await simulation.reconcile();
    await simulation.work();
  }
}

/** Gladly posts a close while the store is missing. Gladly's history has the close later. */
async function closeWithoutStore(chaosRun: ChaosRun, simulation: Simulation): Promise<void> {
  const { body } = simulation.vendors.close(simulation.vendors.newTalk("eligible"));
  chaosRun.closes += 1;
  chaosRun.bodies.push(body);
  const answer = await simulation.deliver(body);
  if (answer !== undefined) chaosRun.answersWithoutStore.push(answer);
}

const HOUR = 60 * MINUTE;

/** The names of all events, so that a run can list those that never happened. */
export const HAPPENINGS: readonly string[] = [
  ...["close", "burst", "redelivery", "twin with another id", "reopen", "key rotation", "password rotation"],
  ...[...STELLA_MOODS.map((mood) => `Stella ${mood}`), ...GLADLY_MOODS.map((mood) => `Gladly ${mood}`)],
  ...["webhook on", "webhook off", "time passes", "clock jump", "clock leap", "work", "handed out twice", "doom"],
  ...["doom under load", "store gone", ...STORE_FAULTS.map((code) => `store ${code}`), "replay"],
];

export const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.tuple(fc.constantFrom<Kind>(...KINDS), fc.boolean()).map(
    ([kind, delivered]) =>
      new Happening("close", `${kind}${delivered ? "" : ", delivery held back"}`, async (chaosRun, simulation) => {
        await close(chaosRun, simulation, simulation.vendors.newTalk(kind), delivered);
        return true;
      }),
  ),
  fc.integer({ min: 1, max: 4 }).map(
    (many) =>
      new Happening("burst", `${many}`, async (chaosRun, simulation) => {
        const talks = Array.from({ length: many }, () => simulation.vendors.newTalk("eligible"));
        await Promise.all(talks.map((talk) => close(chaosRun, simulation, talk, true)));
        return true;
      }),
  ),
  fc.nat(50).map(
    (which) =>
      new Happening("redelivery", `${which}`, async (chaosRun, simulation) => {
        const body = chaosRun.bodies[which % Math.max(1, chaosRun.bodies.length)];
        if (body === undefined) return false;
        await post(chaosRun, simulation, body);
        return true;
      }),
  ),
  fc.nat(50).map(
    (which) =>
      new Happening("twin with another id", `${which}`, async (chaosRun, simulation) => {
        const body = chaosRun.bodies[which % Math.max(1, chaosRun.bodies.length)];
        if (body === undefined) return false;
        const event = JSON.parse(body);
        // The same event again, with a less precise time.
        const timestamp = `${event.timestamp.slice(0, 19)}Z`;
        await post(chaosRun, simulation, JSON.stringify({ ...event, id: `twin-${event.id}`, timestamp }));
        return true;
      }),
  ),
  fc.tuple(fc.nat(50), fc.boolean(), fc.integer({ min: 1, max: 600 })).map(
    ([which, closesAgain, seconds]) =>
      new Happening(
        "reopen",
        `${which}${closesAgain ? `, closed again after ${seconds} s` : ""}`,
        async (chaosRun, simulation) => {
          const talk = simulation.vendors.talk(which);
          if (talk === undefined || talk.open) return false;
          talk.open = true;
          simulation.vendors.now += seconds * 1000;
          if (closesAgain) await close(chaosRun, simulation, talk, true);
          return true;
        },
      ),
  ),
  fc.constantFrom<StellaMood>(...STELLA_MOODS).map(
    (mood) =>
      new Happening(`Stella ${mood}`, "", async (_story, simulation) => {
        simulation.vendors.stellaMood = mood;
        return true;
      }),
  ),
  fc.constantFrom<GladlyMood>(...GLADLY_MOODS).map(
    (mood) =>
      new Happening(`Gladly ${mood}`, "", async (_story, simulation) => {
        simulation.vendors.gladlyMood = mood;
        return true;
      }),
  ),
  fc.boolean().map(
    (noticed) =>
      new Happening("key rotation", noticed ? "" : "the relay gets the key later", async (chaosRun, simulation) => {
        simulation.vendors.stellaKey = `key-${chaosRun.happened.get("key rotation") ?? 0}-new`;
        if (noticed) simulation.secret("stella-production-key", simulation.vendors.stellaKey);
        return true;
      }),
  ),
  fc.constant(
    new Happening("password rotation", "", async (chaosRun, simulation) => {
      simulation.secret("webhook-password-previous", simulation.password);
      simulation.secret("webhook-password", `password-${(chaosRun.happened.get("password rotation") ?? 0) + 1}`);
      return true;
    }),
  ),
  fc.boolean().map(
    (on) =>
      new Happening(`webhook ${on ? "on" : "off"}`, "", async (_story, simulation) => {
        simulation.vendors.webhookOn = on;
        return true;
      }),
  ),
  fc.integer({ min: 1, max: 240 }).map(
    (minutes) =>
      new Happening("time passes", `${minutes} min`, async (chaosRun, simulation) => {
        if (chaosRun.elapsed + minutes * MINUTE > LONGEST) return false;
        await pass(chaosRun, simulation, minutes * MINUTE);
        return true;
      }),
  ),
  fc.integer({ min: -90, max: 200 }).map(
    (seconds) =>
      new Happening("clock jump", `${seconds} s`, async (_story, simulation) => {
        // Not to before the first PING: a close that Gladly dates before it is not the relay's (relay-time.ts).
        simulation.vendors.now = Math.max(simulation.vendors.createdAt, simulation.vendors.now + seconds * 1000);
        return true;
      }),
  ),
  fc.tuple(fc.constantFrom(-48, -1, 1, 48, 960), fc.boolean()).map(
    ([hours, delivered]) =>
      new Happening("clock leap", `${hours} h${delivered ? ", with a delivery" : ""}`, async (chaosRun, simulation) => {
        simulation.skew = hours * HOUR;
        if (delivered) await close(chaosRun, simulation, simulation.vendors.newTalk("eligible"), true);
        await simulation.keepHouse();
        // The relay processes nothing for a minute after a leap (clock-watch.ts), in which a larger leap is corrected.
        if (Math.abs(hours) === 1) {
          await simulation.reconcile();
          await simulation.work();
        }
        simulation.skew = 0;
        if (hours > 0) await simulation.clockSetBack();
        await simulation.keepHouse();
        return true;
      }),
  ),
  fc.constant(
    new Happening("store gone", "", async (chaosRun, simulation) => {
      await simulation.withoutStore(() => closeWithoutStore(chaosRun, simulation));
      return true;
    }),
  ),
  fc.tuple(fc.constantFrom<StoreFailure>(...STORE_FAULTS), fc.nat(12)).map(
    ([code, writes]) =>
      new Happening(`store ${code}`, `after ${writes} writes`, async (chaosRun, simulation) => {
        await close(chaosRun, simulation, simulation.vendors.newTalk("eligible"), true);
        simulation.failStore(code, writes);
        await simulation.work();
        await simulation.reconcile();
        simulation.failStore(code, 0);
        await closeWithoutStore(chaosRun, simulation);
        simulation.mendStore();
        return true;
      }),
  ),
  fc.constant(
    new Happening("work", "", async (_story, simulation) => {
      await simulation.work();
      return true;
    }),
  ),
  fc.constant(
    new Happening("handed out twice", "", async (chaosRun, simulation) => {
      await close(chaosRun, simulation, simulation.vendors.newTalk("eligible"), true);
      simulation.handOutTwice();
      await simulation.work();
      return true;
    }),
  ),
  fc.tuple(fc.nat(60), fc.nat(60)).map(
    ([first, second]) =>
      new Happening("doom", `after ${first} and ${second} steps`, async (_story, simulation) => {
        simulation.doom(0, first);
        simulation.doom(1, second);
        await simulation.work();
        return true;
      }),
  ),
  fc.tuple(fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 3 })).map(
    ([first, second, many]) =>
      new Happening("doom under load", `after ${first} and ${second} steps`, async (chaosRun, simulation) => {
        simulation.vendors.gladlyMood = "well";
        simulation.vendors.stellaMood = "well";
        const talks = Array.from({ length: many }, () => simulation.vendors.newTalk("eligible"));
        await Promise.all(talks.map((talk) => close(chaosRun, simulation, talk, true)));
        simulation.doom(0, first);
        simulation.doom(1, second);
        await simulation.work();
        await pass(chaosRun, simulation, 4 * MINUTE);
        return true;
      }),
  ),
];
