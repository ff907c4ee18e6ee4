/** Long outages that the relay must survive, in simulated time with the real store. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explain } from "../../src/relay/explain";
import { type ChaosRun, newChaosRun, post } from "./commands";
import { checkInvariants, Exercised } from "./invariants";
import { Simulation } from "./simulation";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const DECISION = readFileSync(join(__dirname, "..", "..", "docs", "decisions", "0030-gateway-answers.md"), "utf8");

let simulation: Simulation;
let chaosRun: ChaosRun;

beforeEach(async () => {
  simulation = new Simulation(1);
  chaosRun = newChaosRun();
  await simulation.begin();
});

afterEach(() => simulation.stop());

/** Closes a conversation every few minutes while time passes and the watchdog runs. */
async function hours(duration: number, closeEvery: number): Promise<void> {
  const { vendors } = simulation;
  for (let passed = 0; passed < duration; passed += MINUTE) {
    vendors.now += MINUTE;
    if (passed % closeEvery === 0) {
      const { body } = vendors.close(vendors.newTalk("eligible"));
      chaosRun.bodies.push(body);
      if (vendors.webhookOn) await post(chaosRun, simulation, body);
    }
    if (passed % (5 * MINUTE) === 0) await simulation.reconcile();
    await simulation.work();
  }
}

async function checkAll(): Promise<void> {
  const home = simulation.inspect();
  await checkInvariants(chaosRun, simulation.vendors, home.ledger, new Exercised()).finally(() => home.close());
}

test.each(["503", "unreachable"] as const)(
  "six hours of Stella %s: Gladly gets only 200, and every survey is sent once afterwards",
  async (mood) => {
    simulation.vendors.stellaMood = mood;
    await hours(6 * HOUR, 3 * MINUTE);
    expect(chaosRun.acknowledged).toHaveLength(120);
    expect(chaosRun.otherAnswers).toEqual([]);
    expect(simulation.vendors.talks.every((talk) => talk.accepted === 0)).toBe(true);
    expect(simulation.metrics.total("BreakerOpened")).toBeGreaterThan(0);
    simulation.vendors.stellaMood = "well";
    await hours(HOUR, HOUR);
    expect(simulation.vendors.talks.map((talk) => talk.surveys)).toEqual(simulation.vendors.talks.map(() => 1));
    await checkAll();
  },
);

test("six hours of Stella 500: no customer gets more than three requests, and a replayed event is sent once", async () => {
  const { vendors } = simulation;
  vendors.stellaMood = "500";
  await hours(6 * HOUR, 3 * MINUTE);
  expect(chaosRun.otherAnswers).toEqual([]);
  vendors.stellaMood = "well";
  await hours(HOUR, HOUR);
  const unsent = vendors.talks.filter((talk) => talk.surveys === 0).length;
  // The breaker suspends calls, so few closes use all three requests.
  expect(unsent).toBeLessThan(vendors.talks.length / 4);
  const home = simulation.inspect();
  expect(await home.queue.replay("answer-lost", 1000).finally(() => home.close())).toBe(unsent);
  await hours(HOUR, HOUR);
  expect(vendors.talks.map((talk) => talk.surveys)).toEqual(vendors.talks.map(() => 1));
  await checkAll();
});

const ASKED_AT_MOST = { retry: 3, park: 1 } as const;

/** Closes 20 conversations and lets 80 hours pass, which is longer than all retries. */
async function longOutage(): Promise<void> {
  const { vendors } = simulation;
  await hours(20 * MINUTE, MINUTE);
  for (let round = 0; round < 960; round += 1) {
    vendors.now += 5 * MINUTE;
    await simulation.work();
  }
}

describe.each(["retry", "park"] as const)("with ambiguous: %s", (ambiguous) => {
  beforeEach(async () => {
    simulation.stop();
    simulation = new Simulation(1, { ambiguous });
    await simulation.begin();
  });

  test.each(["500", "lost-after"] as const)(
    "eighty hours of Stella %s: no close causes more requests than docs/decisions/0030-gateway-answers.md says, even afterwards",
    async (mood) => {
      const { vendors } = simulation;
      vendors.stellaMood = mood;
      await longOutage();
      vendors.stellaMood = "well";
      await hours(HOUR, 2 * HOUR);
      const most = ASKED_AT_MOST[ambiguous];
      expect(Math.max(...vendors.talks.map(({ asked }) => asked))).toBe(most);
      const said = `\`ambiguous: "${ambiguous}"\`: at most ${most === 1 ? "one request" : "three requests"}`;
      expect(DECISION).toContain(said);
      const home = simulation.inspect();
      const states = await Promise.all(vendors.talks.map(({ id }) => explain(home.ledger, id)));
      home.close();
      const open = states.flat().filter(({ state }) => state !== "sent" && state !== "parked");
      expect(open).toEqual([]);
    },
  );
});

test("three hours with a disabled webhook: every close is found in Gladly's history and sent once", async () => {
  simulation.vendors.webhookOn = false;
  await hours(3 * HOUR, 3 * MINUTE);
  expect(chaosRun.acknowledged).toEqual([]);
  expect(simulation.metrics.total("WebhookDisabled")).toBeGreaterThan(30);
  simulation.vendors.webhookOn = true;
  await hours(10 * MINUTE, HOUR);
  expect(simulation.metrics.total("Enqueued")).toBe(60);
  expect(simulation.vendors.talks.map((talk) => talk.surveys)).toEqual(simulation.vendors.talks.map(() => 1));
  for (const body of [...chaosRun.bodies]) await post(chaosRun, simulation, body);
  await simulation.work();
  expect(simulation.vendors.talks.map((talk) => talk.surveys)).toEqual(simulation.vendors.talks.map(() => 1));
  await checkAll();
});

test("six hours of Gladly down: no close is decided without Gladly's data, and all are decided afterwards", async () => {
  simulation.vendors.gladlyMood = "unreachable";
  await hours(6 * HOUR, 6 * MINUTE);
  expect(chaosRun.otherAnswers).toEqual([]);
  expect(simulation.vendors.talks.every((talk) => talk.accepted === 0)).toBe(true);
  simulation.vendors.gladlyMood = "well";
  await hours(HOUR, HOUR);
  await checkAll();
});

test("a close that fails for 72 hours is parked, and a replay sends it", async () => {
  const { vendors } = simulation;
  vendors.stellaMood = "503";
  await hours(MINUTE, MINUTE);
  for (let hour = 0; hour < 80; hour += 1) {
    vendors.now += HOUR;
    await simulation.work();
  }
  const home = simulation.inspect();
  try {
    const [gaveUp] = await explain(home.ledger, "c0");
    expect(gaveUp).toMatchObject({ state: "parked", reason: "gave-up" });
    expect(gaveUp?.detail).toContain("stella-unavailable");
    vendors.stellaMood = "well";
    vendors.now += HOUR;
    await simulation.work();
    expect(vendors.talks[0]?.surveys).toBe(0);
    expect(await home.queue.replay("gave-up", 10)).toBe(1);
    await simulation.work();
    expect(await explain(home.ledger, "c0")).toMatchObject([{ state: "sent", reason: "eligible" }]);
  } finally {
    home.close();
  }
  expect(vendors.talks[0]?.surveys).toBe(1);
});

test("when every answer is lost, a close causes at most three requests and is then parked", async () => {
  simulation.vendors.stellaMood = "lost-after";
  await hours(MINUTE, MINUTE);
  for (let round = 0; round < 200; round += 1) {
    simulation.vendors.now += 10 * MINUTE;
    await simulation.work();
  }
  expect(simulation.vendors.talks[0]?.surveys).toBe(3);
  const home = simulation.inspect();
  const explanation = await explain(home.ledger, "c0").finally(() => home.close());
  expect(explanation).toMatchObject([{ state: "parked", reason: "answer-lost", lostAnswers: 3 }]);
  expect(simulation.metrics.total("Ambiguous")).toBe(3);
});

test("with warm caches a close needs three reads of Gladly, or two if an event named the channel", async () => {
  const { vendors } = simulation;
  await hours(MINUTE, MINUTE);
  const cost = async (told: boolean) => {
    const talk = vendors.newTalk("eligible");
    if (told) await post(chaosRun, simulation, contact(talk.id, vendors.now));
    const before = vendors.gladlyReads;
    await post(chaosRun, simulation, vendors.close(talk).body);
    await simulation.work();
    expect(talk.surveys).toBe(1);
    return vendors.gladlyReads - before;
  };
  expect(await cost(true)).toBe(2);
  expect(await cost(false)).toBe(3);
});

function contact(conversationId: string, at: number): string {
  const content = { conversationId, channel: "EMAIL", contactId: "contact", customerId: `customer-${conversationId}` };
  const timestamp = new Date(at).toISOString();
  const initiator = { id: content.customerId, type: "CUSTOMER" };
  return JSON.stringify({ id: `contact-${conversationId}`, type: "CONTACT/STARTED", timestamp, initiator, content });
}
