import { previewReport } from "../../../src/features/preview/document";
import { type PreviewInput, summarize } from "../../../src/features/preview/summarize";
import { PreviewSummary } from "../../../src/features/preview/summary";
import { render } from "../../../src/report/reporters";
import { AGENTS, close, configured, customer, input, NOON, TOPICS } from "./support";

const report = (changes: Partial<PreviewInput>) => previewReport(summarize(input(changes)));
const shown = (changes: Partial<PreviewInput>) =>
  render(report(changes), "terminal", { colour: false, width: 10_000 }).replace(/ +/g, " ");
const ids = (changes: Partial<PreviewInput>) => report(changes).findings.map(({ id, severity }) => `${severity} ${id}`);

const live = configured({ surveyMode: "production" });
const customers = (...emails: readonly string[]) => emails.map((email) => [close({ customer: customer(email) })]);

test("going live shows how many surveys go to how many customers, and what reduces the number", () => {
  const change = { proposed: live, conversations: customers("a", "b", "a") };
  expect(ids(change)).toEqual(["critical preview-surveys-to-customers"]);
  expect(shown(change)).toContain("of 3 closes in 24 hours 3 would be surveys, to 2 different customers");
  expect(shown(change)).toContain(
    "3 surveys a day would go to 2 different customers and no longer to the test address",
  );
  expect(shown(change)).toContain("Stella's suppression period, opt-outs and bounced addresses will send fewer.");
  expect(shown(change)).toContain("survey to the test address survey to the customer 3");
});

test("an environment that is already live is no finding, and test mode says nothing about customers", () => {
  expect(ids({ present: live, proposed: live })).toEqual([]);
  expect(ids({})).toEqual([]);
  expect(shown({})).not.toContain("suppression");
});

test("agents without an active profile are listed with lost surveys, the share for Stella's alert, and the remedy", () => {
  const conversations = [...customers("a", "b"), [close({ agent: "kim" })], [close({ agent: "sam" })]];
  const [finding] = report({ conversations }).findings;
  expect(finding).toMatchObject({ id: "preview-agents-without-profile", severity: "warning" });
  expect(finding?.title).toBe("2 surveys would be refused: 2 agents have no active profile in Stella");
  expect(finding?.detail).toBe(
    "`Kim Novice` (1), `Sam Sample` (1). For `Sam Sample` Stella has an active profile whose address differs by capitals " +
      "alone; it may take them. That is 50 % of all requests; above 5 % in an hour Stella raises an alarm.",
  );
  expect(finding?.remedy).toContain("relay replay --reason refused-by-stella");
});

test("fewer surveys are a warning, more surveys and other changed requests are reported", () => {
  const voicemail = close({ conversation: { status: "CLOSED", topics: [], channel: "VOICEMAIL" } });
  const conversations = [[voicemail], [close()]];
  const without = configured({ policy: { channels: { VOICEMAIL: null } } });
  expect(ids({ conversations, proposed: without })).toEqual(["warning preview-fewer-surveys"]);
  expect(ids({ conversations, present: without })).toEqual(["info preview-more-surveys"]);
  const mails = configured({ surveyMode: "production", policy: { channels: { CHAT: "email" }, tags: [] } });
  expect(report({ conversations: [[close()]], present: live, proposed: mails }).findings).toMatchObject([
    { id: "preview-other-content", detail: "`channel` in 1, `tags` in 1." },
  ]);
  expect(ids({ present: configured(), proposed: mails })).toContain("info preview-other-content");
});

test("if Stella decides, every number of surveys is labelled an estimate", () => {
  const text = shown({ proposed: configured({ delivery: "forward" }) });
  expect(text).toContain("1 would be a survey, all to the test address; an estimate, for Stella decides");
  expect(text).toContain("left to Stella, probably a survey");
  expect(text).toContain("The preview estimates this with the vendor's conditions");
});

test("missing parts are reported: no comparison, no profiles, no closes, only a sample", () => {
  const alone = shown({ present: undefined, base: null, baseMissing: "the environment is new" });
  expect(alone).toContain("Only the proposed configuration was judged: the environment is new.");
  const unchecked = shown({
    vendorData: { agents: AGENTS, topics: TOPICS, profiles: undefined },
    notChecked: "no secret",
  });
  expect(unchecked).toContain("was not checked");
  expect(unchecked).toContain("Active profiles were not checked: no secret.");
  expect(shown({ conversations: [] })).toContain("no conversation was closed in 24 hours");
  const sampled = shown({ proposed: live, sample: { closes: 1, of: 400 } });
  expect(sampled).toContain("All together would be about 400 surveys: an estimate.");
  expect(sampled).toContain("1 survey of the sample would go to 1 different customer");
});

test("duplicates, reopenings and events without a conversation are counted separately", () => {
  const twice = [close({ conversationId: "one" }), close({ conversationId: "one", closedAt: NOON + 500 })];
  const change = { conversations: [twice], malformed: 2, reopenedSince: 4 };
  expect(summarize(input(change))).toMatchObject({ closes: 3, duplicates: 1 });
  const text = shown(change);
  expect(text).toContain("1 event belonged to a close that was already counted");
  expect(text).toContain("4 closes were followed by a reopening");
  expect(text).toContain("parked: malformed-event 2 2 0");
});

test("agents with the same name stay separate, and an agent who is no longer in Gladly is shown by id", () => {
  const agents = new Map([...AGENTS, ["robin-2", { name: "Robin Roe", email: "robin.2@example.com" }]]);
  const conversations = [
    [close()],
    [close({ agent: "robin-2", eventAgent: "robin-2" })],
    [close({ agent: undefined, eventAgent: "gone" })],
  ];
  const { byAgent, byChannel } = summarize(
    input({ conversations, vendorData: { agents, topics: TOPICS, profiles: undefined } }),
  );
  expect(byAgent.map(({ name, closes }) => [name, closes])).toEqual([
    ["Robin Roe", 1],
    ["Robin Roe", 1],
    ["gone (not in Gladly)", 1],
  ]);
  expect(byChannel).toMatchObject([{ name: "CHAT", closes: 3, proposed: { surveys: 2, skipped: 1 } }]);
});

test("a review can read the JSON, which is equal for closes in any order and contains no customer", () => {
  const conversations = [
    ...customers("digest-of-a", "digest-of-b"),
    [close({ agent: "kim" })],
    [close({ customer: customer(undefined) })],
  ];
  const text = render(report({ conversations, proposed: live }), "json", { colour: false });
  expect(PreviewSummary.parse(JSON.parse(text))).toEqual(summarize(input({ conversations, proposed: live })));
  expect(
    render(report({ conversations: [...conversations].reverse(), proposed: live }), "json", { colour: false }),
  ).toBe(text);
  expect(text).not.toMatch(/digest-of|conversation-\d|example/);
});

test("the sums of outcomes, agents, channels and changes match the day", () => {
  const conversations = [...customers("a", "b"), [close({ agent: "kim" })], [close({ customer: customer(undefined) })]];
  const summary = summarize(input({ conversations, proposed: live }));
  const sum = (list: readonly { readonly closes: number }[]) => list.reduce((total, { closes }) => total + closes, 0);
  expect([summary.proposed.outcomes, summary.byAgent, summary.byChannel].map(sum)).toEqual([4, 4, 4]);
  expect(sum(summary.present?.outcomes ?? [])).toBe(4);
  expect(sum(summary.changes)).toBe(2);
});
