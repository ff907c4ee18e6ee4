import type { RelayConfiguration } from "../../src/contract/relay-configuration";
import { claim } from "../../src/relay/claim";
import { type Envelope, readEnvelope } from "../../src/relay/envelope";
import { reconcile } from "../../src/relay/reconcile";
import { Arrivals, readMark, rereadHistory } from "../../src/relay/relay-time";
import type { Event, Webhook } from "../../src/vendors/gladly/wire";
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
let installation: string | undefined;
const stella = { url: "https://stella.example.com" };

const hook = (changes: Partial<Webhook> = {}): Webhook => ({
  ...{ id: "w", url: "https://relay.example.com/v1/webhooks/gladly", events: ["CONVERSATION/CLOSED"] },
  ...{ enabled: true, hasCredentials: true, headerKeys: [] },
  ...changes,
});
const closed = (id: string, at: number): Event => ({
  ...{ id: `event-${id}`, type: "CONVERSATION/CLOSED", timestamp: new Date(at).toISOString() },
  content: { conversationId: id, customerId: "customer" },
});

beforeEach(async () => {
  ledger = new MemoryLedger();
  clock = new TestClock();
  notes = new Notes();
  [sent, events, webhooks, asked, url, delivery] = [[], [], [hook()], [], undefined, "enrich"];
  installation = undefined;
  await arrive("delivered", NOON - 2 * MINUTE);
});

/** Simulates the arrival of a PING or another delivery. */
const arrive = (kind: "pinged" | "delivered", at: number, closedAt?: number) =>
  new Arrivals(ledger, installation).note(kind, at, at, closedAt);

const run = (since?: number) =>
  reconcile(
    {
      ...{ ledger, clock, chance: steadyChance(), metrics: notes, log: notes.log },
      installation,
      configuration: { delivery, stella, webhook: { username: "connect", ...(url === undefined ? {} : { url }) } },
      queue: {
        send: async (envelopes) => {
          sent.push(...envelopes);
        },
      },
      gladly: {
        webhooks: async () => webhooks,
        events: async (from, entities, to) => {
          asked.push({ from: from.getTime(), to: to?.getTime(), entities });
          const [start, end] = [from.getTime(), to?.getTime() ?? Number.POSITIVE_INFINITY];
          return events.filter(({ timestamp }) => {
            const at = Date.parse(timestamp ?? "");
            return at >= start && at <= end;
          });
        },
      },
    },
    since,
  );

/** Runs a check every five minutes until this number of milliseconds has passed. */
async function looks(milliseconds: number): Promise<void> {
  for (const end = clock.time + milliseconds; clock.time < end; ) {
    clock.time += 5 * MINUTE;
    await run();
  }
}
const iso = (at: number) => new Date(at).toISOString();
const conversations = () =>
  sent.map(readEnvelope).map((content) => "conversationId" in content && content.conversationId);

test("the first check enqueues nothing, because earlier closes do not belong to the relay", async () => {
  events = [closed("c1", NOON - HOUR)];
  expect(await run()).toMatchObject({ closes: 0, enqueued: 0 });
});

test("a close that was never delivered is enqueued with Gladly's data", async () => {
  await run();
  clock.time += 5 * MINUTE;
  events = [closed("c1", NOON + MINUTE)];
  expect(await run()).toMatchObject({ closes: 1, enqueued: 1, webhook: "on" });
  expect(sent.map(readEnvelope)).toMatchObject([{ kind: "close", conversationId: "c1", closedAt: NOON + MINUTE }]);
  expect(sent[0]?.source).toBe("reconcile");
  expect(notes.counted).toEqual(["Enqueued"]);
});

test("closes in the ledger, even with another id, and waiting closes are not enqueued", async () => {
  await run();
  const record = written(
    claim(undefined, claimant({ closedAt: NOON + MINUTE }), NOON, { oncePerConversation: false, surveyMode: "test" }),
  );
  await ledger.saveConversation(record, undefined);
  events = [closed("c1", NOON + MINUTE + 900), closed("c2", NOON + MINUTE)];
  clock.time += 5 * MINUTE;
  await run();
  ledger.accepted.push(...sent);
  expect(sent.map(readEnvelope)).toMatchObject([{ conversationId: "c2" }]);
  expect(await run()).toMatchObject({ closes: 2, enqueued: 0 });
});

test("a close soon after another close of the conversation is found, even in the same second after a reopening", async () => {
  await run();
  const record = written(
    claim(undefined, claimant({ closedAt: NOON + MINUTE }), NOON, { oncePerConversation: false, surveyMode: "test" }),
  );
  await ledger.saveConversation(record, undefined);
  const again = (id: string, at: number) => ({ ...closed("c1", at), id });
  events = [
    again("event-1", NOON + MINUTE),
    { ...again("reopened", NOON + MINUTE + 400), type: "CONVERSATION/REOPENED" },
    again("in the same second", NOON + MINUTE + 800),
    again("a minute later", NOON + 2 * MINUTE),
  ];
  clock.time += 5 * MINUTE;
  expect(await run()).toMatchObject({ closes: 3, enqueued: 2 });
  const kept = await ledger.conversation("conversation#c1");
  const twin = claimant({ eventId: "in the same second", envelopeId: "other", closedAt: NOON + MINUTE + 800 });
  const policy = { oncePerConversation: false, surveyMode: "test" } as const;
  expect(claim(kept?.value, twin, NOON, policy).kind).toBe("granted");
});

test("each check overlaps the one before by half an hour, and skips the last two minutes", async () => {
  ledger.notes.set("reconciled", { value: JSON.stringify({ at: NOON - 2 * MINUTE }), version: 1 });
  clock.time += 10 * MINUTE;
  await run();
  expect(asked).toEqual([{ from: NOON - 32 * MINUTE, to: NOON + 8 * MINUTE, entities: ["CONVERSATION", "CONTACT"] }]);
});

test("the latest channel of a missed close is stored, and of no other conversation", async () => {
  await run();
  clock.time += 10 * MINUTE;
  const contact = (id: string, channel: string, at: number): Event => ({
    ...{ id: `contact-${id}-${at}`, type: "CONTACT/STARTED", timestamp: new Date(at).toISOString() },
    initiator: { id: "customer", type: "CUSTOMER" },
    content: { conversationId: id, channel },
  });
  const known = written(
    claim(undefined, claimant({ closedAt: NOON + MINUTE }), NOON, { oncePerConversation: false, surveyMode: "test" }),
  );
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
  // A record with only a channel is not a record of a close.
  clock.time += 5 * MINUTE;
  expect(await run()).toMatchObject({ enqueued: 1 });
});

test("with delivery forward no channel is read, and the history is read without contacts", async () => {
  delivery = "forward";
  await run();
  clock.time += 10 * MINUTE;
  await run();
  expect(asked[0]?.entities).toEqual(["CONVERSATION"]);
});

test("a gap beyond Gladly's 24 hours is reported, and the last 24 hours are checked", async () => {
  await run();
  clock.time += 30 * HOUR;
  expect(await run()).toMatchObject({ beyondReach: true, from: clock.time - 24 * HOUR + MINUTE });
  expect(notes.logged.at(-1)).toMatchObject({ level: "error", event: "reconcile.done" });
  expect(await run()).toMatchObject({ beyondReach: false });
});

test("a given start does not move the mark back", async () => {
  ledger.notes.set("reconciled", { value: JSON.stringify({ at: NOON - 2 * MINUTE }), version: 1 });
  clock.time += 10 * MINUTE;
  await run(NOON - 5 * HOUR);
  expect(asked[0]?.from).toBe(NOON - 5 * HOUR);
  clock.time += 10 * MINUTE;
  await run();
  expect(asked[1]?.from).toBe(NOON + 8 * MINUTE - 30 * MINUTE);
});

describe("the relay's time", () => {
  const direct = () => hook({ url: "https://stella.example.com/v1/webhooks/gladly", createdAt: iso(NOON - 9 * HOUR) });

  beforeEach(() => {
    ledger = new MemoryLedger();
  });

  test("begins with the PING of a webhook that got this address, and no check goes further back", async () => {
    webhooks = [direct()];
    events = [closed("before", NOON - MINUTE), closed("last", NOON + 6 * MINUTE - 1)];
    await looks(5 * MINUTE);
    webhooks = [hook({ createdAt: iso(NOON - 9 * HOUR), updatedAt: iso(NOON + 6 * MINUTE) })];
    await arrive("pinged", NOON + 6 * MINUTE);
    // Half a minute later, because closes go to Stella until the PING is answered.
    const begin = NOON + 6.5 * MINUTE;
    events.push(closed("meanwhile", begin - 1), closed("missed", begin + MINUTE));
    await looks(20 * MINUTE);
    expect(new Set(conversations())).toEqual(new Set(["missed"]));
    expect(await run(NOON - 5 * HOUR)).toMatchObject({ from: begin, begin });
    await looks(2 * HOUR);
    expect(new Set(conversations())).toEqual(new Set(["missed"]));
    expect(asked.every(({ from }) => from >= begin)).toBe(true);
  });

  test("begins with the PING if the webhook was created with it, whatever happened before the first check", async () => {
    // Created, disabled, a close, enabled again: all before the first check.
    await arrive("pinged", NOON + MINUTE);
    events = [closed("while off", NOON + MINUTE + 10_000)];
    webhooks = [hook({ createdAt: iso(NOON + MINUTE), updatedAt: iso(NOON + 4 * MINUTE) })];
    await looks(10 * MINUTE);
    expect(new Set(conversations())).toEqual(new Set(["while off"]));
    expect(await run()).toMatchObject({ begin: NOON + MINUTE });
  });

  test("begins with the first delivery without a PING, or with the earlier of both", async () => {
    await arrive("pinged", NOON);
    await arrive("delivered", NOON + 5_000);
    await looks(5 * MINUTE);
    expect(await run()).toMatchObject({ begin: NOON + 5_000 });
  });

  test("begins by Gladly's clock if that is ahead, because the history uses it", async () => {
    const ahead = 40_000;
    await arrive("pinged", NOON);
    await arrive("delivered", NOON + 1_000, NOON + 1_000 + ahead);
    // By Gladly's clock this close went to Stella before the webhook got this address.
    events = [closed("told to Stella", NOON + ahead - 1_000), closed("missed", NOON + 2_000 + ahead)];
    await looks(10 * MINUTE);
    expect(new Set(conversations())).toEqual(new Set(["missed"]));
  });

  test("does not begin in the far future of an event's time, nor with a late delivery", async () => {
    for (const claimed of [NOON + 9 * HOUR, NOON - 9 * HOUR]) {
      ledger = new MemoryLedger();
      await arrive("delivered", NOON, claimed);
      await looks(5 * MINUTE);
      const { begin } = await run();
      expect([NOON, NOON + MINUTE]).toContain(begin);
    }
  });

  test("has not begun before the first arrival: nothing is checked, and nothing is skipped", async () => {
    webhooks = [hook({ updatedAt: iso(NOON - MINUTE) })];
    events = [closed("c", NOON + 2 * MINUTE)];
    await looks(10 * MINUTE);
    expect(asked).toEqual([]);
    expect(await run()).not.toHaveProperty("begin");
    // The PING was stored in time but is processed late, for example because the relay was paused.
    await arrive("pinged", NOON + MINUTE);
    await looks(5 * MINUTE);
    expect(conversations()).toEqual(["c"]);
  });

  test("does not change when the webhook is edited, disabled or deleted", async () => {
    webhooks = [hook({ updatedAt: iso(NOON - MINUTE) })];
    await arrive("delivered", NOON);
    await looks(HOUR);
    webhooks = [hook({ updatedAt: iso(NOON + 61 * MINUTE), enabled: false })];
    events = [closed("while off", NOON + 63 * MINUTE)];
    await looks(10 * MINUTE);
    webhooks = [];
    events.push(closed("while gone", NOON + 75 * MINUTE));
    await looks(10 * MINUTE);
    webhooks = [hook({ createdAt: iso(NOON + 81 * MINUTE) })];
    await arrive("pinged", NOON + 81 * MINUTE);
    expect(new Set(conversations())).toEqual(new Set(["while off", "while gone"]));
    expect(await run()).toMatchObject({ begin: NOON });
  });

  test("has no start in a ledger older than this rule, whose checks continue at their mark", async () => {
    ledger.notes.set("reconciled", { value: JSON.stringify({ at: NOON - 4 * HOUR }), version: 1 });
    await arrive("pinged", NOON - MINUTE);
    expect(await run()).toMatchObject({ from: NOON - 4.5 * HOUR });
  });

  test("starts again when the ledger was lost, although the webhook is old", async () => {
    webhooks = [hook({ createdAt: iso(NOON - 9 * HOUR), updatedAt: iso(NOON - 9 * HOUR) })];
    events = [closed("surveyed already", NOON - 10 * MINUTE)];
    await arrive("delivered", NOON);
    await looks(HOUR);
    expect(conversations()).toEqual([]);
  });

  test("ends without a message when the webhook points to Stella, and begins again when it points to the relay", async () => {
    await arrive("delivered", NOON - HOUR);
    await looks(30 * MINUTE);
    webhooks = [direct()];
    events = [closed("Stella's", NOON + 45 * MINUTE)];
    await looks(30 * MINUTE);
    expect((await run()).webhook).toBe("stella");
    expect(notes.counted).toEqual([]);
    // An event from before that is processed late does not start it.
    await arrive("delivered", NOON + 29 * MINUTE);
    await looks(5 * MINUTE);
    webhooks = [hook({ createdAt: iso(NOON - HOUR) })];
    await arrive("pinged", NOON + 66 * MINUTE);
    events.push(closed("ours", NOON + 67 * MINUTE));
    await looks(30 * MINUTE);
    expect(new Set(conversations())).toEqual(new Set(["ours"]));
  });

  test("begins again for a relay that was destroyed and applied again, even without a check in between", async () => {
    installation = "first";
    await arrive("delivered", NOON - HOUR);
    await looks(30 * MINUTE);
    clock.time += 3 * HOUR;
    events = [closed("Stella's", NOON + 2 * HOUR)];
    [installation, webhooks] = ["second", [hook({ createdAt: iso(clock.time) })]];
    await arrive("pinged", clock.time);
    await looks(30 * MINUTE);
    expect(conversations()).toEqual([]);
    expect((await readMark(ledger, "second")).mark.begin).toBe(NOON + 3.5 * HOUR);
  });

  test("continues for a relay that now has an id", async () => {
    await arrive("delivered", NOON - HOUR);
    await looks(30 * MINUTE);
    installation = "first";
    events = [closed("missed", NOON + 25 * MINUTE)];
    await looks(10 * MINUTE);
    expect(conversations()[0]).toBe("missed");
  });
});

test("when the queue fails, the mark stays, and the next check finds the same closes", async () => {
  await run();
  clock.time += 5 * MINUTE;
  events = [closed("c1", NOON + MINUTE)];
  const mark = ledger.notes.get("reconciled");
  const broken = reconcile({
    ...{ ledger, clock, chance: steadyChance(), metrics: notes, log: notes.log },
    configuration: { delivery, stella, webhook: { username: "connect" } },
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
  "a webhook that %s is reported, but not in the first check, when an apply may be in progress",
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

test("with a known address, no other webhook counts as the relay's", async () => {
  url = "https://mine.example.com/v1/webhooks/gladly";
  expect((await run()).webhook).toBe("missing");
  webhooks = [hook({ enabled: false }), hook({ url })];
  expect((await run()).webhook).toBe("on");
});

test("reads the history again after a look by a clock that was an hour ahead, although its time has passed since", async () => {
  await run();
  clock.time += HOUR;
  await run();
  clock.time -= HOUR;
  await rereadHistory(ledger, installation, clock.time);
  // A close is missed, and no look succeeds for two hours.
  events = [closed("late", clock.time)];
  clock.time += 2 * HOUR;
  expect(await run()).toMatchObject({ enqueued: 1 });
});

test("reads nothing again when the last look was made by the present clock", async () => {
  await run();
  const before = await ledger.note("reconciled");
  await rereadHistory(ledger, installation, clock.time);
  expect(await ledger.note("reconciled")).toEqual(before);
});
