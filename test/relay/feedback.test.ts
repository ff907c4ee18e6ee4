import { explain } from "../../src/relay/explain";
import { type FeedbackDeps, syncSurveyAnswers } from "../../src/relay/feedback";
import type { Closure } from "../../src/relay/record";
import { timelineItem } from "../../src/relay/timeline-item";
import { GladlyRefusal } from "../../src/vendors/gladly/errors";
import type { TimelineItem } from "../../src/vendors/gladly/wire";
import { FEEDBACK_PAGE, type Feedback, type FeedbackQuery } from "../../src/vendors/stella/data";
import { MemoryLedger, Notes, TestClock } from "./support/memory";
import { closure, NOON, record } from "./support/records";

const MINUTE = 60_000;

let clock: TestClock;
let ledger: MemoryLedger;
let notes: Notes;
let answers: Feedback[];
let queries: FeedbackQuery[];
/** Stella's list of requests. */
let requests: Feedback[];
let timeline: { customer: string; item: TimelineItem }[];
let broken: Error | undefined;
/** Conversations that were read from Gladly. */
let asked: string[];
/** The number of answers for which there is time. */
let time: number;

function answer(number: number, changes: Partial<Feedback> = {}): Feedback {
  return {
    ...{ uuid: `uuid-${number}`, sequence_id: number, ext_interaction_id: `c${number}` },
    response_received_at: new Date(NOON).toISOString(),
    answers: {
      agent_star_rating: {
        question_text: "How was it?",
        comment: "Fine",
        selected_options: [{ option_text: "4 stars", integer_value: 4 }],
      },
    },
    ...changes,
  };
}

beforeEach(() => {
  clock = new TestClock();
  ledger = new MemoryLedger();
  notes = new Notes();
  requests = [];
  [answers, queries, timeline, broken, asked, time] = [[], [], [], undefined, [], Number.POSITIVE_INFINITY];
});

function run(configuration: Partial<FeedbackDeps["configuration"]> = {}) {
  return syncSurveyAnswers({
    ...{ clock, ledger, metrics: notes, log: notes.log, timeForMore: () => time-- > 0 },
    configuration: { policy: { feedback: true }, delivery: "enrich", surveyMode: "production", ...configuration },
    secrets: {
      stellaKey: async (mode) => ({ apiKey: "key", mode }),
      stellaApiSecret: async () => "secret",
    },
    stella: {
      feedback: async (_key, query) => {
        queries.push(query);
        return answers.filter((given) => given.sequence_id > (query.after ?? 0)).slice(0, FEEDBACK_PAGE);
      },
      requests: async (_key, query) =>
        requests.filter(({ request_created_at: at }) => {
          const created = Date.parse(at ?? "");
          return created >= query.createdFrom.getTime() && created <= query.createdTo.getTime();
        }),
    },
    gladly: {
      conversation: async (id) => {
        asked.push(id);
        return id === "gone" ? undefined : { id, customerId: `customer-${id}`, status: "CLOSED" };
      },
      addTimelineItem: async (customer, item) => {
        if (broken) throw broken;
        if (timeline.some((known) => known.item.id === item.id)) return "there";
        timeline.push({ customer, item });
        return "added";
      },
    },
  });
}

test("an answer is added to its customer's timeline once, however often it is read", async () => {
  await run();
  answers = [answer(1)];
  clock.time += 5 * MINUTE;
  expect(await run()).toEqual({ read: 1, posted: 1, more: false });
  clock.time += 5 * MINUTE;
  expect(await run()).toEqual({ read: 1, posted: 0, more: false });
  expect(timeline).toMatchObject([{ customer: "customer-c1", item: { id: "relay-uuid-1" } }]);
  expect(notes.counted).toEqual(["FeedbackPosted"]);
});

test("the first sync only sets the mark, and each later one overlaps the one before", async () => {
  answers = [answer(1)];
  expect(await run()).toEqual({ read: 0, posted: 0, more: false });
  clock.time += 5 * MINUTE;
  await run();
  expect(queries).toEqual([{ respondedFrom: new Date(NOON - 15 * MINUTE), respondedTo: new Date(NOON + 5 * MINUTE) }]);
});

test.each([{ policy: { feedback: false } }, { delivery: "forward" as const }, { surveyMode: "test" as const }])(
  "with %j nothing is read",
  async (configuration) => {
    await run();
    clock.time += MINUTE;
    expect(await run(configuration)).toEqual({ read: 0, posted: 0, more: false });
    expect(queries).toEqual([]);
  },
);

test("an answer that is on the timeline is not read again, but one that came too late is", async () => {
  await run();
  answers = [answer(1), answer(2, { ext_interaction_id: "gone" }), answer(3, { answers: { seen: {} } })];
  clock.time += MINUTE;
  await run();
  expect(asked).toEqual(["c1", "gone"]);
  answers = [answer(1), answer(2, { ext_interaction_id: "gone" }), answer(3)];
  clock.time += MINUTE;
  expect(await run()).toEqual({ read: 3, posted: 1, more: false });
  expect(asked).toEqual(["c1", "gone", "c3"]);
});

test("a sync ends when its time is over, and the next one continues there", async () => {
  await run();
  answers = [1, 2, 3].map((number) => answer(number));
  clock.time += MINUTE;
  const mark = ledger.notes.get("feedback");
  time = 2;
  expect(await run()).toEqual({ read: 3, posted: 2, more: true });
  expect(ledger.notes.get("feedback")).toBe(mark);
  time = Number.POSITIVE_INFINITY;
  expect(await run()).toEqual({ read: 3, posted: 1, more: false });
  expect(asked).toEqual(["c1", "c2", "c3"]);
  expect(ledger.notes.get("feedback")).not.toBe(mark);
});

test("the note about synced answers does not grow without limit", async () => {
  await run();
  answers = Array.from({ length: 3000 }, (_, index) => answer(index + 1));
  clock.time += MINUTE;
  await run();
  expect(JSON.parse(ledger.notes.get("feedback-brought-back")?.value ?? "")).toHaveLength(2500);
});

test("more than a page is read page by page", async () => {
  await run();
  answers = Array.from({ length: FEEDBACK_PAGE + 5 }, (_, index) => answer(index + 1));
  clock.time += MINUTE;
  expect(await run()).toEqual({ read: FEEDBACK_PAGE + 5, posted: FEEDBACK_PAGE + 5, more: false });
  expect(queries.map((query) => query.after)).toEqual([undefined, FEEDBACK_PAGE]);
});

test("when a write to Gladly fails, the mark stays and the next sync adds the rest", async () => {
  await run();
  answers = [answer(1), answer(2)];
  broken = new GladlyRefusal("POST", "/", 503, []);
  clock.time += MINUTE;
  const mark = ledger.notes.get("feedback");
  await expect(run()).rejects.toThrow("503");
  expect(ledger.notes.get("feedback")).toBe(mark);
  broken = undefined;
  expect(await run()).toEqual({ read: 2, posted: 2, more: false });
});

test("one answer that Gladly refuses does not block the others", async () => {
  await run();
  answers = [answer(1)];
  broken = new GladlyRefusal("POST", "/", 400, []);
  clock.time += MINUTE;
  expect(await run()).toEqual({ read: 1, posted: 0, more: false });
  expect(notes.logged).toContainEqual({ level: "error", event: "feedback.failed", fields: { status: 400 } });
});

test("answers about other conversations are ignored", async () => {
  await run();
  answers = [answer(1, { ext_interaction_id: null }), answer(2, { ext_interaction_id: "gone" })];
  clock.time += MINUTE;
  expect(await run()).toEqual({ read: 2, posted: 0, more: false });
});

test("an answer is shown as text, and the customer's comment cannot become HTML", () => {
  const given = answer(1);
  const rating = {
    question_text: "How?",
    comment: '<img src="x"> & so',
    selected_options: [{ option_text: "5", integer_value: 5 }],
  };
  expect(timelineItem({ ...given, answers: { agent_star_rating: rating, seen: {} } })?.content).toEqual({
    type: "CUSTOMER_ACTIVITY",
    activityType: "SURVEY",
    title: "Survey answered: 5 of 5",
    body: "<p>How?<br>5<br>&lt;img src=&quot;x&quot;&gt; &amp; so</p>",
    sourceName: "Stella Connect",
    occurredAt: "2026-03-01T12:00:00.000Z",
  });
});

test("ids and bodies keep Gladly's limits", () => {
  const long = { agent_star_rating: { question_text: "Q", comment: "x".repeat(30_000), selected_options: [] } };
  const item = timelineItem(
    answer(1, { uuid: `${"a".repeat(60)}/ü`, answers: { ...long, other: { comment: "kept" } } }),
  );
  expect(item?.id).toMatch(/^[A-Za-z0-9_-]{1,49}$/);
  expect(item?.content.body.length).toBeLessThanOrEqual(25_000);
});

test("a survey without an answer adds nothing", () => {
  expect(timelineItem(answer(1, { response_received_at: null }))).toBeUndefined();
  expect(timelineItem(answer(1, { answers: { seen: {} } }))).toBeUndefined();
});

describe("the delivery status of an accepted request", () => {
  const told = (status: string | null, changes: Partial<Feedback> = {}): Feedback => ({
    ...{ uuid: "r1", sequence_id: 1, ext_interaction_id: "c1", request_delivery_status: status },
    request_created_at: new Date(NOON).toISOString(),
    ...changes,
  });
  const sent = (more: Partial<Closure> = {}) =>
    closure({ state: "sent", reason: "eligible", surveyMode: "production", finishedAt: NOON, ...more });
  const status = async () =>
    (await ledger.conversation("conversation#c1"))?.value.closures.map(({ deliveryStatus }) => deliveryStatus);
  const look = async () => {
    clock.time += 5 * MINUTE;
    await run();
  };

  beforeEach(async () => {
    await ledger.saveConversation(record({ closures: [sent()] }), undefined);
    await run();
  });

  test.each([
    ["Not sent: suppression period", "suppressed"],
    ["Not sent: consumer unsubscribed", "unsubscribed"],
    ["Not sent: do not send flag", "do-not-send"],
    ["Not sent: rejected", "rejected"],
    ["Hard bounce", "bounced"],
    ["Not sent: by a new rule", "other"],
  ])("%s is stored with its close, and counted once as %s", async (label, reason) => {
    requests = [told(label)];
    await look();
    await look();
    expect(await status()).toEqual([label]);
    expect(notes.counted).toEqual([`SurveyUndelivered ${reason}`]);
    const [close] = await explain(ledger, "c1");
    expect(close).toMatchObject({ state: "sent", reason: "eligible", deliveryStatus: label });
  });

  test("a sent survey, or one without a delivery status, does not count as a failure", async () => {
    requests = [told("Sent")];
    await look();
    expect(await status()).toEqual(["Sent"]);
    requests = [told(null)];
    await look();
    expect({ status: await status(), counted: notes.counted }).toEqual({ status: ["Sent"], counted: [] });
  });

  test("a later bounce replaces the first status", async () => {
    requests = [told("Sent")];
    await look();
    requests = [told("Hard bounce")];
    await look();
    expect({ status: await status(), counted: notes.counted }).toEqual({
      status: ["Hard bounce"],
      counted: ["SurveyUndelivered bounced"],
    });
  });

  test("belongs to the close with a request at that time, not to a test survey or to another time", async () => {
    const stored = await ledger.conversation("conversation#c1");
    const closures = [
      sent({ eventId: "e1", finishedAt: NOON - 9 * MINUTE }),
      sent({ eventId: "e2", finishedAt: NOON + 1_000 }),
      sent({ eventId: "e3", surveyMode: "test", finishedAt: NOON }),
      sent({ eventId: "e4", state: "skipped", reason: "reopened", finishedAt: NOON }),
    ];
    await ledger.saveConversation(record({ closures }), stored?.version);
    requests = [told("Hard bounce"), told("Sent", { ext_interaction_id: "unknown" })];
    await look();
    expect(await status()).toEqual([undefined, "Hard bounce", undefined, undefined]);
  });
});
