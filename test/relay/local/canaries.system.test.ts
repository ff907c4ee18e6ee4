/** Plants secret values everywhere, then searches for them in logs, metrics, explanations, errors and crash output. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { closeEvent, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

const CANARIES = {
  password: "canary-password-8f1c",
  previous: "canary-previous-77aa",
  wrong: "canary-wrong-51bb",
  token: "canary-token-03de",
  test: "canary-test-key-9b2e",
  production: "canary-production-key-4c7d",
  email: "canary.customer@canary-mail.example",
  name: "Canary Customerson",
  agent: "canary.agent@canary-mail.example",
};

let upstreams: Upstreams;
let home: TestRelay;

beforeEach(async () => {
  upstreams = await Upstreams.start();
  upstreams.agents = [{ id: "agent-1", name: "Canary Agentson", emailAddress: CANARIES.agent }];
  home = new TestRelay(upstreams);
  home.secret("webhook-password", CANARIES.password);
  home.secret("webhook-password-previous", CANARIES.previous);
  home.secret("gladly-token", CANARIES.token);
  home.secret("stella-test-key", CANARIES.test);
  home.secret("stella-production-key", CANARIES.production);
  home.configure();
});

afterEach(() => home.remove());

function addCustomer(id: string): void {
  upstreams.addConversation(id, {}, CANARIES.email);
  upstreams.customers.set(`customer-${id}`, {
    id: `customer-${id}`,
    name: CANARIES.name,
    emails: [{ original: CANARIES.email }],
  });
}

function expectNoCanary(text: string): void {
  for (const [kind, canary] of Object.entries(CANARIES)) {
    const forms = [canary, Buffer.from(canary).toString("base64").slice(0, -4), encodeURIComponent(canary)];
    for (const form of forms) if (text.includes(form)) throw new Error(`the ${kind} came out: ${text.slice(0, 2000)}`);
  }
}

test("logs, metrics and explanations have no credential and no customer data, even with faults", async () => {
  await home.serve();
  for (const id of ["sent", "refused", "failed", "lost", "gladly"]) addCustomer(id);
  await home.post(closeEvent("sent"), CANARIES.password);
  await home.post(closeEvent("sent"), CANARIES.previous);
  await home.post(closeEvent("sent"), CANARIES.wrong);
  const settled = (id: string) =>
    eventually(
      () => home.explain(`conversation=${id}`),
      (list) => list[0]?.finishedAt !== undefined,
    );
  await settled("sent");
  upstreams.refusal = { error: "Invalid customer", customer: { email: CANARIES.email, name: CANARIES.name } };
  upstreams.moods.push(400);
  await home.post(closeEvent("refused"), CANARIES.password);
  expect((await settled("refused"))[0]?.detail).toContain("Invalid customer");
  upstreams.moods.push(500, "cut", 403, 403);
  await home.post(closeEvent("failed"), CANARIES.password);
  await settled("failed");
  upstreams.gladlyStatus = 401;
  await home.post(closeEvent("gladly"), CANARIES.password);
  await eventually(
    () => home.explain("conversation=gladly"),
    (list) => list[0]?.reason === "gladly-misconfigured",
  );
  await home.post(`{"type":"CONVERSATION/CLOSED","customer":"${CANARIES.email}"`, CANARIES.password);
  await eventually(
    () => home.log,
    (log) => log.some((line) => JSON.stringify(line).includes("malformed-event")),
  );
  expect(upstreams.received.length).toBeGreaterThan(0);
  const explained = JSON.stringify(await home.explain("limit=50"));
  const health = await (await fetch(`${home.relay?.operationsUrl}/health`)).text();
  expectNoCanary([JSON.stringify(home.log), await home.metrics(), explained, health].join("\n"));
  expect(home.log.map((line) => line.event)).toEqual(
    expect.arrayContaining(["ingest.refused", "work.sent", "work.parked", "work.retry", "work.duplicate"]),
  );
});

test("a relay that crashes prints no credential", async () => {
  // An invalid database makes it fail at its start, after it has read all secrets.
  writeFileSync(join(home.path, "relay.db"), `${CANARIES.token} is no database`.repeat(100));
  const program = join(__dirname, "..", "..", "chaos", "relay-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, home.path], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const [code] = await once(child, "close");
  expect(code).not.toBe(0);
  expect(output).not.toBe("");
  expectNoCanary(output);
});
