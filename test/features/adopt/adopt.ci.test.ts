import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import type { WebhookInput } from "../../../src/vendors/gladly/wire";
import { runRelay } from "../../support/relay";

const USER = "relay@example.com";
const TOKEN = "gladly-token-for-tests";

let sandbox: Sandbox;
let gladly: GladlyClient;
let root: string;

beforeAll(async () => {
  sandbox = await startSandbox({
    gladlyPort: 0,
    stellaPort: 0,
    credentials: { gladlyUser: USER, gladlyToken: TOKEN, stellaTestKey: "test-key", stellaProductionKey: "live-key" },
  });
  gladly = new GladlyClient({ baseUrl: sandbox.gladly.url, user: USER, token: TOKEN });
});
afterAll(() => sandbox.close());

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "adopt-"));
  mkdirSync(join(root, "acme", "secrets"), { recursive: true });
  mkdirSync(join(root, "environments"));
  writeFileSync(join(root, "acme", "secrets", "gladly-token"), TOKEN, { mode: 0o600 });
  for (const [base, path] of [
    [sandbox.gladly.url, "/_sandbox/reset"],
    [sandbox.stella.url, "/_sandbox/reset"],
  ]) {
    expect((await fetch(`${base}${path}`, { method: "POST" })).ok).toBe(true);
  }
  await fetch(`${sandbox.gladly.url}/_sandbox/settings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rateLimit: { perSecond: 10, buckets: "off" } }),
  });
  write();
});
afterEach(() => rmSync(root, { recursive: true }));

const path = () => join(root, "environments", "acme.ts");
const source = () => readFileSync(path(), "utf8");

function write(settings = ""): void {
  writeFileSync(
    path(),
    `export default {
  name: "acme",
  surveyMode: "test",
  delivery: "enrich",
  gladly: { url: "${sandbox.gladly.url}", user: "${USER}" },
  stella: { url: "${sandbox.stella.url}" },
  relay: { on: "local", url: "http://127.0.0.1:4630" },
${settings}};
`,
  );
}

const direct = () => `${sandbox.stella.url}/v1/webhooks/gladly`;
const byHand = (changes: WebhookInput = {}) =>
  gladly.createWebhook({
    ...{ name: "Send Stella Survey", url: direct(), events: ["CONVERSATION/CLOSED"], enabled: true },
    ...{ credentials: { username: "connect", password: "test-key" } },
    ...changes,
  });

async function adopt(...args: readonly string[]) {
  // A file that was read once is kept by the module registry.
  jest.resetModules();
  const env = { RELAY_HOME: root, RELAY_ENVIRONMENTS: join(root, "environments") };
  return runRelay(["adopt", "acme", "--no-plan", ...args], env);
}
const asTest = (...args: readonly string[]) => adopt("--survey-mode", "test", ...args);

async function findingIds(...args: readonly string[]): Promise<readonly string[]> {
  const { out } = await asTest("--json", "--dry-run", ...args);
  return JSON.parse(out).findings.map(({ id }: { readonly id: string }) => id);
}

describe("relay adopt", () => {
  it("writes what it found, and a second run changes nothing", async () => {
    const webhook = await byHand({ name: "Surveys" });
    const topic = await gladly.createTopic({ name: "do_not_send_stella" });
    const { code, out } = await asTest();
    expect(code).toBe(0);
    expect(out).toContain("acme: written to the environment file");
    expect(out).toContain('+  delivery: "direct",');
    expect(source()).toContain('delivery: "direct"');
    expect(source()).toContain('webhook: { name: "Surveys", passwordVersion: 1 },');
    expect(source()).toContain(`    webhook: { id: "${webhook}", key: "test" },\n    topic: { id: "${topic}" },\n`);
    const adopted = source();
    const again = await adopt();
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("acme: already in the environment file") });
    expect(source()).toBe(adopted);
  });

  it("writes nothing in a dry run, and never writes to Gladly", async () => {
    await byHand();
    const before = source();
    const { code, out } = await asTest("--dry-run");
    expect({ code, source: source() }).toEqual({ code: 0, source: before });
    expect(out).toContain("dry run, nothing written");
    expect(out).toContain("+  adopted: {");
    expect(await gladly.webhooks()).toMatchObject([{ name: "Send Stella Survey", url: direct() }]);
    expect((await gladly.topics()).some(({ name }) => name === "do_not_send_stella")).toBe(false);
  });

  it("does not change an adopted environment that was edited since", async () => {
    const id = await byHand();
    write(`  adopted: { webhook: { id: "${id}", key: "test" } },\n`);
    const before = source();
    expect(await adopt()).toMatchObject({ code: 0, out: expect.stringContaining("already in the environment file") });
    expect(source()).toBe(before);
    const other = await adopt("--survey-mode", "production");
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining("says that the test key was entered") });
  });

  it("asks which key is the password, and for the manual step if it is the production key", async () => {
    await byHand();
    const asked = await adopt();
    expect(asked).toMatchObject({ code: 1, err: expect.stringContaining("--survey-mode test (surveys go to") });
    const wrong = await adopt("--survey-mode", "live");
    expect(wrong.err).toContain('--survey-mode takes one of: test, production. "live" is none of them.');
    const live = await adopt("--survey-mode", "production");
    expect(live).toMatchObject({ code: 1, err: expect.stringContaining("manualSteps: { integratedChannel:") });
    write('  manualSteps: { integratedChannel: { by: "Robin Roe", on: "2026-11-20" } },\n');
    expect((await adopt("--survey-mode", "production")).code).toBe(0);
    expect(source()).toContain('surveyMode: "production"');
    expect(source()).toContain('key: "production"');
  });

  it("says that there is no match, lists candidates, and uses the one that is named", async () => {
    const none = await asTest();
    expect(none).toMatchObject({ code: 1, out: "" });
    expect(none.err).toContain(`no webhook that posts to ${direct()}`);
    const id = await byHand({ name: "Other", url: `${sandbox.stella.url}/v1/webhooks/gladly?company=2` });
    expect((await asTest()).err).toContain(`${id}  ${sandbox.stella.url}/v1/webhooks/gladly?company=2  Other`);
    expect((await asTest(`--webhook=${id}`)).code).toBe(0);
    expect((await asTest("--webhook", "no-such-id")).err).toContain("no webhook with the id");
    expect((await asTest("--topic", "no-such-id", `--webhook=${id}`)).err).toContain("no topic with the id");
  });

  it("does not guess among several with the same name", async () => {
    const ids = [
      await byHand({ url: `${sandbox.stella.url}/v1/auth`, enabled: false }),
      await byHand({ url: `${sandbox.stella.url}/v1/requests`, enabled: false }),
    ];
    const { code, err } = await asTest();
    expect(code).toBe(1);
    expect(err).toContain('several webhooks called "Send Stella Survey". Name one with --webhook.');
    for (const id of ids) expect(err).toContain(id);
  });

  it("does not adopt a webhook without credentials, nor the relay's own", async () => {
    const id = await byHand({ enabled: false });
    await gladly.updateWebhook(id, { credentials: null });
    expect((await asTest()).err).toContain(`${id} has no credentials`);
    const own = await byHand({ url: "http://127.0.0.1:4630/v1/webhooks/gladly", enabled: false });
    expect((await asTest("--webhook", own)).err).toContain("already posts to the relay of acme");
  });

  it("names what a plan would change before anything is written", async () => {
    await byHand();
    await gladly.createTopic({ name: "do_not_send_stella" });
    expect(await findingIds()).toEqual(["adopt-key-believed"]);
    const [webhook] = await gladly.webhooks();
    await gladly.updateWebhook(webhook?.id ?? "", {
      events: ["CONVERSATION/CLOSED", "CONVERSATION/CREATED"],
      enabled: false,
      headers: { "X-Key": "secret-header" },
    });
    const [topic] = (await gladly.topics()).filter(({ name }) => name === "do_not_send_stella");
    const [parent] = (await gladly.topics()).filter(({ name }) => name !== "do_not_send_stella");
    await gladly.updateTopic(topic?.id ?? "", {
      name: "do_not_send_stella",
      disabled: true,
      parentId: parent?.id ?? null,
    });
    expect(new Set(await findingIds())).toEqual(
      new Set([
        "adopt-key-believed",
        "adopt-webhook-events",
        "outside-webhook-off",
        "adopt-webhook-headers",
        "adopt-topic-disabled",
        "adopt-topic-nested",
      ]),
    );
    await gladly
      .updateWebhook(webhook?.id ?? "", { events: ["CONVERSATION/CREATED"], url: "http://127.0.0.1:1/else" })
      .catch(() => undefined);
    const { code } = await asTest("--dry-run", "--fail-on", "warning");
    expect(code).toBe(2);
  });

  it("reports a missing topic, and adopts a topic with another name under that name", async () => {
    await byHand();
    expect(await findingIds()).toContain("adopt-topic-missing");
    const id = await gladly.createTopic({ name: "No survey, please" });
    expect((await asTest(`--topic=${id}`)).code).toBe(0);
    expect(source()).toContain('topic: { name: "No survey, please" }');
  });

  it("does not change a file with another structure, and says which structure it needs", async () => {
    await byHand({ name: "Surveys" });
    write('  ...{ webhook: { name: "Send Stella Survey", passwordVersion: 1 } },\n');
    const before = source();
    const { code, err } = await asTest();
    expect({ code, source: source() }).toEqual({ code: 1, source: before });
    expect(err).toMatch(/acme\.ts:\d+ cannot be edited: .*may hold settings too.*Nothing was written/s);
  });
});
