import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { closeEvent, PRODUCTION_KEY, TEST_KEY, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

let upstreams: Upstreams;
let home: TestRelay;

beforeEach(async () => {
  upstreams = await Upstreams.start();
  home = new TestRelay(upstreams);
  home.configure();
  await home.serve();
});

afterEach(() => home.remove());

const settled = (conversation: string) =>
  eventually(
    () => home.explain(`conversation=${conversation}`),
    (list) => list.length > 0 && list.every((entry) => entry.finishedAt !== undefined),
  );

test("a closed conversation causes one survey request with the test key", async () => {
  upstreams.addConversation("c1", { topicIds: ["topic-billing"] });
  expect(await home.post(closeEvent("c1"))).toBe(200);
  const [explanation] = await settled("c1");
  expect(explanation).toMatchObject({
    state: "sent",
    reason: "eligible",
    surveyMode: "test",
    attempts: 1,
    duplicates: 0,
  });
  expect(upstreams.received.map(({ path, key }) => ({ path, key }))).toEqual([{ path: "/v1/requests", key: TEST_KEY }]);
  expect(upstreams.surveys()).toEqual([
    {
      channel: "chat",
      customer: { name: "Customer of c1", email: "c1@example.net" },
      employee: { email: "robin@example.com" },
      ext_interaction_id: "c1",
      tags: ["Billing"],
    },
  ]);
});

test("a conversation with the do-not-send topic is recorded without a survey", async () => {
  upstreams.addConversation("c1", { topicIds: ["topic-dns"] });
  await home.post(closeEvent("c1"));
  expect(await settled("c1")).toMatchObject([{ state: "recorded", reason: "do-not-send-topic" }]);
  expect(upstreams.surveys()).toMatchObject([{ ext_interaction_id: "c1", do_not_send: true }]);
});

test.each([
  ["no agent", { agentId: null }, undefined, "no-agent"],
  ["a customer without an address", {}, null, "no-customer-email"],
  ["a conversation that is open again", { status: "OPEN" }, undefined, "reopened"],
])("a close with %s sends nothing, and its reason is recorded", async (_case, fields, email, reason) => {
  upstreams.addConversation("c1", fields, email);
  await home.post(closeEvent("c1", { agentId: "agentId" in fields ? fields.agentId : "agent-1" }));
  expect(await settled("c1")).toMatchObject([{ state: "skipped", reason, attempts: 0 }]);
  expect(upstreams.received).toEqual([]);
});

test("a close with an agent that Gladly does not know is retried until Gladly knows the agent", async () => {
  upstreams.addConversation("c1", { agentId: "new" });
  await home.post(closeEvent("c1", { agentId: "new" }));
  await eventually(
    () => home.explain("conversation=c1"),
    ([first]) => first?.reason === "agent-unknown" && first.state === "retrying",
  );
  expect(upstreams.received).toEqual([]);
  upstreams.agents = [{ id: "new", name: "Newcomer", emailAddress: "new@example.com" }];
  expect(
    await eventually(
      () => home.explain("conversation=c1"),
      ([first]) => first?.state === "sent",
      { within: 60_000 },
    ),
  ).toMatchObject([{ reason: "eligible" }]);
});

test("after a refusal of an agent's profile later closes are skipped, and a replay sends them", async () => {
  upstreams.refusal = { error: "Employee profile not complete" };
  upstreams.mood = 400;
  for (const id of ["c1", "c2"]) {
    upstreams.addConversation(id);
    await home.post(closeEvent(id));
    await settled(id);
  }
  expect(await home.explain("conversation=c1")).toMatchObject([{ state: "parked", reason: "refused-by-stella" }]);
  expect(await home.explain("conversation=c2")).toMatchObject([{ state: "skipped", reason: "agent-profile-refused" }]);
});

test("a redelivered event and its twin with another id are counted and dropped", async () => {
  upstreams.addConversation("c1");
  await home.post(closeEvent("c1"));
  await settled("c1");
  await home.post(closeEvent("c1"));
  await home.post(closeEvent("c1", { id: "twin", at: "2026-01-05T09:12:44Z" }));
  const [explanation] = await eventually(
    () => home.explain("conversation=c1"),
    (list) => list[0]?.duplicates === 2,
  );
  expect(explanation).toMatchObject({ state: "sent", duplicates: 2 });
  expect(upstreams.received).toHaveLength(1);
});

test("a second close after a reopening causes another survey", async () => {
  upstreams.addConversation("c1");
  await home.post(closeEvent("c1"));
  await settled("c1");
  await home.post(closeEvent("c1", { id: "again", at: "2026-01-05T11:00:00Z" }));
  await eventually(
    () => home.explain("conversation=c1"),
    (list) => list.length === 2 && list.every((entry) => entry.state === "sent"),
  );
  expect(upstreams.received).toHaveLength(2);
});

test("a request that Stella answers with 5xx is retried until it is accepted", async () => {
  upstreams.addConversation("c1");
  upstreams.moods.push(500, 503);
  await home.post(closeEvent("c1"));
  expect(await settled("c1")).toMatchObject([{ state: "sent", attempts: 3 }]);
  expect(upstreams.received).toHaveLength(1);
});

test("going live changes one word: the next close uses the production key", async () => {
  upstreams.addConversation("c1");
  upstreams.addConversation("c2");
  await home.post(closeEvent("c1"));
  await settled("c1");
  home.configure({ surveyMode: "production" });
  await home.post(closeEvent("c2"));
  expect(await settled("c2")).toMatchObject([{ state: "sent", surveyMode: "production" }]);
  expect(upstreams.received.map((request) => request.key)).toEqual([TEST_KEY, PRODUCTION_KEY]);
});

test("with the same key in both files nothing is sent until a person repairs it", async () => {
  home.secret("stella-production-key", TEST_KEY);
  home.configure({ surveyMode: "production" });
  upstreams.addConversation("c1");
  await home.post(closeEvent("c1"));
  const [explanation] = await eventually(
    () => home.explain("conversation=c1"),
    (list) => list[0]?.state === "retrying",
  );
  expect(explanation).toMatchObject({ reason: "survey-mode-guard" });
  expect(upstreams.received).toEqual([]);
  expect(home.log.map((line) => line.event)).toContain("guard.tripped");
  home.secret("stella-production-key", PRODUCTION_KEY);
  expect(await settled("c1")).toMatchObject([{ state: "sent" }]);
  expect(upstreams.received.map((request) => request.key)).toEqual([PRODUCTION_KEY]);
});

test("a PING, an unknown type and an unreadable body are all answered 200", async () => {
  for (const body of [
    '{"type":"PING"}',
    '{"type":"CONVERSATION/CREATED","content":{}}',
    "",
    "{",
    "\u0000\uFFFF",
    new Uint8Array([0xff, 0xfe, 0]),
  ]) {
    expect(await home.post(body)).toBe(200);
  }
  const parked = await eventually(
    () => home.explain("limit=50"),
    (list) => list.filter((entry) => entry.state === "parked").length === 4,
  );
  expect(parked.map((entry) => entry.reason)).toEqual(Array.from({ length: 4 }, () => "malformed-event"));
});

test("wrong credentials get 401 and leave no trace", async () => {
  expect(await home.post(closeEvent("c1"), "wrong")).toBe(401);
  expect(await home.post(closeEvent("c1"), undefined, "someone")).toBe(401);
  const anonymous = await fetch(`${home.relay?.url}/v1/webhooks/gladly`, { method: "POST", body: closeEvent("c1") });
  expect(anonymous.status).toBe(401);
  expect(anonymous.headers.get("www-authenticate")).toBe('Basic realm="relay"');
  expect(await home.explain("limit=50")).toEqual([]);
  expect(await home.metrics()).toContain("relay_auth_failed_total 3");
});

test("the previous password is accepted while it is kept, and counted separately", async () => {
  home.secret("webhook-password-previous", "older");
  expect(await home.post('{"type":"PING"}', "older")).toBe(200);
  expect(await home.metrics()).toContain('relay_verifier_used_total{verifier="previous"} 1');
});

test("without a configuration events are stored and wait, and the log has the remedy", async () => {
  upstreams.addConversation("c1");
  rmSync(join(home.path, "terraform.tfstate"));
  expect(await home.post(closeEvent("c1"))).toBe(200);
  const complaint = home.log.find((line) => line.event === "configuration.unusable");
  expect(complaint?.fields?.detail).toContain("npx cdktf apply");
  expect(await home.explain("conversation=c1")).toEqual([expect.objectContaining({ state: "pending" })]);
  home.configure();
  expect(await settled("c1")).toMatchObject([{ state: "sent" }]);
});

test("a relay that starts before the first apply, as recommended, logs no error", async () => {
  const early = new TestRelay(upstreams);
  try {
    await early.serve();
    expect(await early.post(closeEvent("c1"))).toBe(200);
    expect(early.log.filter(({ level }) => level !== "info")).toEqual([]);
    expect(early.log).toContainEqual(expect.objectContaining({ event: "configuration.unusable" }));
  } finally {
    await early.remove();
  }
});

test("a password file that others can read causes 503 with a remedy, never 401", async () => {
  chmodSync(join(home.path, "secrets", "webhook-password"), 0o644);
  expect(await home.post(closeEvent("c1"))).toBe(503);
  const complaint = home.log.find((line) => line.event === "ingest.unavailable");
  expect(complaint?.fields?.error).toContain("chmod 600");
});

test("events accepted before a restart are processed after it", async () => {
  upstreams.addConversation("c1");
  upstreams.mood = 503;
  await home.post(closeEvent("c1"));
  await eventually(
    () => home.explain("conversation=c1"),
    (list) => list[0]?.state === "retrying",
  );
  await home.relay?.close();
  upstreams.mood = undefined;
  await home.serve();
  expect(await settled("c1")).toMatchObject([{ state: "sent" }]);
});
