/** For each policy that excludes closes, compares a preview with the results of the real relay, close by close. */
import { z } from "zod";
import { linesOf } from "../../../src/features/preview/lines";
import type { PreviewOutcome } from "../../../src/features/preview/outcome";
import { BOTS, DO_NOT_SEND, INBOX } from "./day";
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

/** Opens a conversation with every property that a policy can depend on. */
async function open(number: number, change: object = {}): Promise<string> {
  const customer = { id: `customer-${number}`, name: `Customer ${number}`, email: `customer.${number}@example.net` };
  const given = { customer, agentId: AGENT, inboxId: INBOX, channel: "EMAIL", topicIds: [ORDINARY], ...change };
  return Opened.parse(await setup.day.control("conversations", given)).id;
}

const close = (id: string, by = "agent") => setup.day.control(`conversations/${id}/close`, { by });

/** Closes one conversation of each kind that a policy excludes or Stella refuses, and an ordinary one. @returns how many */
async function day(): Promise<number> {
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
  // Longer than the policy's delay. The test's relay waits only a thousandth of it.
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
  await close(await open(11, { agentId: "agent-Bot-by-id" }));
  await close(await open(12, { agentId: "agent-Bot-by-mail" }));
  await close(await open(13, { agentId: null }), "api");
  await close(await open(14, { topicIds: [ORDINARY, DO_NOT_SEND] }));
  await close(await open(15, { agentId: "agent-Novice" }));
  const emails = [{ original: "not an address", primary: true }, { original: "customer.16@example.net" }];
  await close(await open(16, { customer: { id: "customer-16", name: "Customer 16", emails } }));
  await setup.worked();
  await setup.day.advance(3_600_000);
  return 18;
}

const EVERY_DELIVERY = [
  ["exclude.topics by name", { exclude: { topics: ["Refund"] } }, "excluded-topic"],
  ["exclude.inboxes", { exclude: { inboxes: ["Support"] } }, "skipped excluded-inbox"],
  ["exclude.closedBy", { exclude: { closedBy: ["API", "AUTOMATION", "SYSTEM"] } }, "skipped excluded-closer"],
  ["exclude.withoutAgentMessage", { exclude: { withoutAgentMessage: true } }, "skipped no-agent-message"],
  ["exclude.startedByAgent", { exclude: { startedByAgent: true } }, "skipped started-by-agent"],
  ["exclude.customerSilentDays", { exclude: { customerSilentDays: 14 } }, "skipped customer-silent"],
  ["delay", { delay: 30 }, "skipped new-message"],
  ["bots by id", { bots: ["agent-Bot-by-id"] }, "skipped agent-is-bot"],
  ["bots by address", { bots: BOTS }, "skipped agent-is-bot"],
  ["oncePerConversation", { oncePerConversation: true }, "skipped already-surveyed"],
] as const;

const ENRICH_ONLY = [
  ["exclude.topics, skipped", { doNotSend: "skip", exclude: { topics: [ORDINARY] } }, "skipped excluded-topic"],
  ["missingName", { missingName: null }, "skipped no-customer-name"],
  ["missingName with a text", { missingName: "Friend" }, "survey-to-customer eligible"],
] as const;

const CASES = [
  ...(["enrich", "forward"] as const).flatMap((delivery) => EVERY_DELIVERY.map((one) => [delivery, ...one] as const)),
  ...ENRICH_ONLY.map((one) => ["enrich", ...one] as const),
];

test.each(CASES)("a preview of %s with %s equals the relay's results, by reason and number", async (...given) => {
  const [delivery, , policy, exercised] = given;
  const live = { surveyMode: "production", delivery, policy } as const;
  setup.write(live);
  await setup.serve(live);
  const closes = await day();
  const lines = linesOf(await readNow(setup));
  const said = new Map(lines.map(({ facts, proposed }) => [facts?.eventId, proposed.outcome]));
  const done = await outcomes(delivery);
  expect(said).toEqual(done);
  expect(done.size).toBe(closes);
  expect(Object.keys(tallied([...done.values()])).join()).toContain(exercised);
});

/** The result of each close, by its event. With `forward` and a decision by Stella, Stella's result. */
async function outcomes(delivery: "enrich" | "forward"): Promise<ReadonlyMap<string, PreviewOutcome>> {
  const records = await setup.records();
  const byStella = delivery === "forward" ? await requestsByConversation() : new Map<string, Requests>();
  return new Map(
    records.flatMap(({ conversationId = "", closures }) => {
      const requests = [...(byStella.get(conversationId) ?? [])];
      return closures.map((closure) => {
        const isForwarded = delivery === "forward" && closure.state === "sent";
        return [closure.eventId, isForwarded ? outcomeAtStella(requests.shift()) : outcomeOf(closure)] as const;
      });
    }),
  );
}

const Requests = z.array(
  z.object({
    decision: z.enum(["accepted", "refused"]),
    recipient: z.string().nullable(),
    extInteractionId: z.string().optional(),
  }),
);
type Requests = z.infer<typeof Requests>;

/** Oldest first, once Stella has recorded all of them. */
async function requestsByConversation(): Promise<ReadonlyMap<string, Requests>> {
  await setup.until(async () => Pending.parse(await setup.day.look("stella", "pending")).count === 0);
  const found = new Map<string, Requests>();
  for (const one of Requests.parse(await setup.day.look("stella", "requests"))) {
    found.set(one.extInteractionId ?? "", [...(found.get(one.extInteractionId ?? "") ?? []), one]);
  }
  return found;
}

const Pending = z.object({ count: z.number() });

function outcomeAtStella(request: Requests[number] | undefined): PreviewOutcome {
  if (request === undefined) throw new Error("Stella has no record of a close that was sent");
  if (request.decision === "refused") return { kind: "left-to-stella", reason: "refusal-likely" };
  return { kind: "left-to-stella", reason: request.recipient === null ? "topic-likely" : "survey-likely" };
}
