import type { Event, Webhook } from "../../src/gladly/wire";
import { claim } from "../../src/relay/claim";
import type { RelayConfiguration } from "../../src/relay/configuration";
import { type Envelope, readEnvelope } from "../../src/relay/envelope";
import { reconcile } from "../../src/relay/reconcile";
import { MemoryLedger, Notes, steadyChance, TestClock } from "./support/memory";
import { claimant, NOON, written } from "./support/records";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let ledger: MemoryLedger;
let clock: TestClock;
let notes: Notes;
let sent: Envelope[];
let events: Event[];
let webhooks: Webhook[];
let asked: { from: number; to: number | undefined; entities: readonly string[] }[];
let url: RelayConfiguration["webhook"]["url"];
let delivery: RelayConfiguration["delivery"];

const hook = (changes: Partial<Webhook> = {}): Webhook => ({
  ...{ id: "w", url: "https://relay.example.com/v1/webhooks/gladly", events: ["CONVERSATION/CLOSED"] },
  ...{ enabled: true, hasCredentials: true, headerKeys: [] },
  ...changes,
});
const closed = (id: string, at: number): Event => ({
  ...{ id: `event-${id}`, type: "CONVERSATION/CLOSED", timestamp: new Date(at).toISOString() },
  content: { conversationId: id, customerId: "customer" },
});

beforeEach(() => {
  ledger = new MemoryLedger();
  clock = new TestClock();
  notes = new Notes();
  [sent, events, webhooks, asked, url, delivery] = [[], [], [hook()], [], undefined, "enrich"];
});

const run = (since?: number) =>
  reconcile(
    {
      ...{ ledger, clock, chance: steadyChance(), metrics: notes, log: notes.log },
      configuration: { delivery, webhook: { username: "connect", ...(url === undefined ? {} : { url }) } },
      queue: {
        send: async (envelopes) => {
          sent.push(...envelopes);
        },
      },
      gladly: {
        webhooks: async () => webhooks,
        events: async (from, entities, to) => {
          asked.push({ from: from.getTime(), to: to?.getTime(), entities });
          return events;
        },
      },
    },
    since,
  );

test("the first look takes nothing: closes from before the relay are not its to survey", async () => {
  events = [closed("c1", NOON - HOUR)];
  expect(await run()).toMatchObject({ closes: 0, enqueued: 0 });
  expect(asked).toEqual([]);
});

test("a close that was never delivered is enqueued, as Gladly told it", async () => {
  await run();
  clock.time += 5 * MINUTE;
  events = [closed("c1", NOON + MINUTE)];
  expect(await run()).toMatchObject({ closes: 1, enqueued: 1, webhook: "on" });
  expect(sent.map(readEnvelope)).toMatchObject([{ kind: "close", conversationId: "c1", closedAt: NOON + MINUTE }]);
  expect(sent[0]?.source).toBe("reconcile");
  expect(notes.counted).toEqual(["Enqueued"]);
});

test("what the ledger knows is left alone, also under another id, and so is what waits", async () => {
  await run();
  const record = written(claim(undefined, claimant({ closedAt: NOON + MINUTE }), NOON, { oncePerConversation: false }));
  await ledger.saveConversation(record, undefined);
  events = [closed("c1", NOON + MINUTE + 3000), closed("c2", NOON + MINUTE)];
  clock.time += 5 * MINUTE;
  await run();
  ledger.accepted.push(...sent);
  expect(sent.map(readEnvelope)).toMatchObject([{ conversationId: "c2" }]);
  expect(await run()).toMatchObject({ closes: 2, enqueued: 0 });
});

test("each look overlaps the last by half an hour, and leaves two minutes for what is on its way", async () => {
  await run();
  clock.time += 10 * MINUTE;
  await run();
  expect(asked).toEqual([{ from: NOON - 32 * MINUTE, to: NOON + 8 * MINUTE, entities: ["CONVERSATION", "CONTACT"] }]);
});

test("the channel of a close that was missed is kept, as it was told last, and of no other conversation", async () => {
  await run();
  clock.time += 10 * MINUTE;
  const contact = (id: string, channel: string, at: number): Event => ({
    ...{ id: `contact-${id}-${at}`, type: "CONTACT/STARTED", timestamp: new Date(at).toISOString() },
    content: { conversationId: id, channel },
  });
  const known = written(claim(undefined, claimant({ closedAt: NOON + MINUTE }), NOON, { oncePerConversation: false }));
  await ledger.saveConversation(known, undefined);
  events = [
    ...[contact("c1", "CHAT", NOON), contact("c2", "CHAT", NOON), contact("c2", "SMS", NOON + 1000)],
    ...[contact("c3", "CHAT", NOON), closed("c1", NOON + MINUTE), closed("c2", NOON + MINUTE)],
  ];
  expect(await run()).toMatchObject({ closes: 2, enqueued: 1 });
  expect([...ledger.records].map(([key, { value }]) => [key, value.channel])).toEqual([
    ["conversation#c1", undefined],
    ["conversation#c2", "SMS"],
  ]);
  // A record that tells a channel alone is none of a close.
  clock.time += 5 * MINUTE;
  expect(await run()).toMatchObject({ enqueued: 1 });
});

test("with delivery forward nobody asks for a channel, and the history is not asked for contacts", async () => {
  delivery = "forward";
  await run();
  clock.time += 10 * MINUTE;
  await run();
  expect(asked[0]?.entities).toEqual(["CONVERSATION"]);
});

test("a gap beyond Gladly's 24 hours is said, and what is within them is looked through", async () => {
  await run();
  clock.time += 30 * HOUR;
  expect(await run()).toMatchObject({ beyondReach: true, from: clock.time - 24 * HOUR + MINUTE });
  expect(notes.logged.at(-1)).toMatchObject({ level: "error", event: "reconcile.done" });
  expect(await run()).toMatchObject({ beyondReach: false });
});

test("a start can be given, and does not move the mark back", async () => {
  await run();
  clock.time += 10 * MINUTE;
  await run(NOON - 5 * HOUR);
  expect(asked[0]?.from).toBe(NOON - 5 * HOUR);
  clock.time += 10 * MINUTE;
  await run();
  expect(asked[1]?.from).toBe(NOON + 8 * MINUTE - 30 * MINUTE);
});

test("when the queue cannot store, the mark stays, and the next look finds the same again", async () => {
  await run();
  clock.time += 5 * MINUTE;
  events = [closed("c1", NOON + MINUTE)];
  const mark = ledger.notes.get("reconciled");
  const broken = reconcile({
    ...{ ledger, clock, chance: steadyChance(), metrics: notes, log: notes.log },
    configuration: { delivery, webhook: { username: "connect" } },
    queue: { send: () => Promise.reject(new Error("full")) },
    gladly: { webhooks: async () => webhooks, events: async () => events },
  });
  await expect(broken).rejects.toThrow("full");
  expect(ledger.notes.get("reconciled")).toBe(mark);
});

test.each<[string, Webhook[], string]>([
  [
    "Gladly switched off",
    [hook({ enabled: false, disabledAtDueToRetryLimit: "2026-03-01T10:00:00Z" })],
    "off-by-gladly",
  ],
  ["a person switched off", [hook({ enabled: false })], "off"],
  ["that does not exist", [hook({ url: "https://elsewhere.example.com/" })], "missing"],
])(
  "a webhook that %s is told, but not at the first look, when the apply may still be under way",
  async (_case, found, state) => {
    webhooks = found;
    expect((await run()).webhook).toBe(state);
    expect(notes.counted).toEqual([]);
    clock.time += 5 * MINUTE;
    expect((await run()).webhook).toBe(state);
    expect(notes.counted).toEqual([`WebhookDisabled ${state}`]);
    expect(notes.logged[1]).toMatchObject({ level: "error", event: "webhook.disabled" });
  },
);

test("with its own address known, no other webhook is taken for it", async () => {
  url = "https://mine.example.com/v1/webhooks/gladly";
  expect((await run()).webhook).toBe("missing");
  webhooks = [hook({ enabled: false }), hook({ url })];
  expect((await run()).webhook).toBe("on");
});
