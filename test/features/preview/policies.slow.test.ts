/** Each policy that leaves closes out: what a preview says of a day is what the real relay did with it, close by close. */
import { z } from "zod";
import { linesOf } from "../../../src/features/preview/lines";
import { INBOX } from "./day";
import { readNow } from "./read-now";
import { outcomeOf, PreviewSetup, tallied } from "./setup";

const AGENT = "agent-Person-0";
const ORDINARY = "topic-Refund-000000003";
const DAYS = 24 * 3_600_000;

let setup: PreviewSetup;

beforeEach(async () => {
  setup = await PreviewSetup.start();
});

afterEach(() => setup.end());

const Opened = z.object({ id: z.string() });

/** Opens a conversation as the setup's day does not: everything that a policy asks about can be said. */
async function open(number: number, change: object = {}): Promise<string> {
  const customer = { id: `customer-${number}`, name: `Customer ${number}`, email: `customer.${number}@example.net` };
  const given = { customer, agentId: AGENT, inboxId: INBOX, channel: "EMAIL", topicIds: [ORDINARY], ...change };
  return Opened.parse(await setup.day.control("conversations", given)).id;
}

const close = (id: string, by = "agent") => setup.day.control(`conversations/${id}/close`, { by });

/** One close of each kind that some policy leaves out, and an ordinary one. Answers nothing: the ledger has them all. */
async function day(): Promise<void> {
  const old = await open(0);
  await setup.day.advance(20 * DAYS);
  await close(old);
  await close(await open(1));
  await close(await open(2), "api");
  await close(await open(3), "rule");
  await close(await open(4), "job");
  await close(await open(5, { startedBy: "agent" }));
  await close(await open(6, { answeredBy: "automation" }));
  await close(await open(7, { customer: { id: "customer-7", email: "customer.7@example.net" } }));
  const twice = await open(8);
  await close(twice);
  await setup.worked();
  // Longer than the delay, which the relay of a test waits for a thousandth of.
  await setup.day.advance(2_400_000);
  await setup.day.reopen(twice);
  await close(twice);
  await setup.worked();
  // Before the relay looks: an agent adds a message, a customer opens the conversation again.
  await setup.pause(true);
  const added = await open(9);
  await close(added);
  await setup.day.advance(5_000);
  await setup.day.control(`conversations/${added}/messages`, { from: "agent", text: "One more thing." });
  const reopened = await open(10);
  await close(reopened);
  await setup.day.reopen(reopened);
  await setup.pause(false);
  await setup.worked();
  await setup.day.advance(3_600_000);
}

test.each([
  ["exclude.topics by name", { exclude: { topics: ["Refund"] } }, "recorded excluded-topic"],
  ["exclude.topics, skipped", { doNotSend: "skip", exclude: { topics: [ORDINARY] } }, "skipped excluded-topic"],
  ["exclude.inboxes", { exclude: { inboxes: ["Support"] } }, "skipped excluded-inbox"],
  ["exclude.closedBy", { exclude: { closedBy: ["API", "AUTOMATION", "SYSTEM"] } }, "skipped excluded-closer"],
  ["exclude.withoutAgentMessage", { exclude: { withoutAgentMessage: true } }, "skipped no-agent-message"],
  ["exclude.startedByAgent", { exclude: { startedByAgent: true } }, "skipped started-by-agent"],
  ["exclude.customerSilentDays", { exclude: { customerSilentDays: 14 } }, "skipped customer-silent"],
  ["delay", { delay: 30 }, "skipped new-message"],
  ["missingName", { missingName: null }, "skipped no-customer-name"],
  ["missingName with a text", { missingName: "Friend" }, "survey-to-customer eligible"],
  ["oncePerConversation", { oncePerConversation: true }, "skipped already-surveyed"],
])("a preview with %s says what the relay does, by reason and number", async (_, policy, exercised) => {
  const live = { surveyMode: "production", policy } as const;
  setup.write(live);
  await setup.serve(live);
  await day();
  const lines = linesOf(await readNow(setup));
  const said = new Map(lines.map(({ facts, proposed }) => [facts?.eventId, proposed.outcome]));
  const done = new Map((await setup.closures()).map((closure) => [closure.eventId, outcomeOf(closure)]));
  expect(said).toEqual(done);
  expect(done.size).toBe(12);
  expect(Object.keys(tallied([...done.values()]))).toContain(exercised);
});
