import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { ensureSandboxSecrets } from "../../../src/features/sandbox/local-secrets";
import { type ServedRelay, serveRelay } from "../../../src/relay/local/serve";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import { applyConfiguration } from "../../support/applied-state";
import { runRelay } from "../../support/relay";

const USER = "relay@example.com";

let root: string;
let sandbox: Sandbox;
let relay: ServedRelay;
let gladly: GladlyClient;
let token: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "operations-"));
  const home = join(root, "sandbox");
  mkdirSync(home);
  const secrets = ensureSandboxSecrets(home);
  token = secrets.gladlyToken;
  sandbox = await startSandbox({
    gladlyPort: 0,
    stellaPort: 0,
    credentials: {
      gladlyUser: USER,
      gladlyToken: token,
      stellaTestKey: secrets.stellaTestKey,
      stellaProductionKey: secrets.stellaProductionKey,
    },
  });
  const configuration = {
    version: 1,
    environment: "sandbox",
    surveyMode: "test",
    delivery: "enrich",
    gladly: { url: sandbox.gladly.url, user: USER },
    stella: { url: sandbox.stella.url },
    webhook: { username: "connect" },
    doNotSendTopic: "do_not_send_stella",
  };
  applyConfiguration(home, configuration);
  relay = await serveRelay({ home, port: 0, log: () => undefined });
  gladly = new GladlyClient({ baseUrl: sandbox.gladly.url, user: USER, token });
  await gladly.createWebhook({
    name: "Send Stella Survey",
    url: `${relay.url}/v1/webhooks/gladly`,
    events: ["CONVERSATION/CLOSED"],
    enabled: true,
    credentials: { username: "connect", password: secrets.webhookPassword },
  });
});
afterAll(async () => {
  await relay.close();
  await sandbox.close();
  rmSync(root, { recursive: true });
});

const run = (...args: readonly string[]) => runRelay(args, { RELAY_HOME: root });

/** Changes a channel as Stella's administrator does on the Company Info page. */
async function switchChannel(email: { readonly enabled: boolean }): Promise<void> {
  const response = await fetch(`${sandbox.stella.url}/_sandbox/settings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ channels: { email } }),
  });
  expect(response.status).toBe(200);
}

async function closeConversation(name: string): Promise<string> {
  const customer = { name, email: `${name.toLowerCase()}@example.net` };
  const opened = await fetch(`${sandbox.gladly.url}/_sandbox/conversations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ customer }),
  });
  const { id } = z.object({ id: z.string() }).parse(await opened.json());
  const closed = await fetch(`${sandbox.gladly.url}/api/v1/conversations/${id}`, {
    method: "PATCH",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${USER}:${token}`).toString("base64")}`,
    },
    body: JSON.stringify({ status: { value: "CLOSED", force: true } }),
  });
  expect(closed.status).toBe(204);
  return id;
}

/** The output of explain once it contains a text. Without the text the test times out. */
async function explained(conversation: string, text: string): Promise<string> {
  for (;;) {
    const { out } = await run("explain", "--", conversation);
    if (out.includes(text)) return out;
    await delay(50);
  }
}

describe("an operator's commands on a running relay", () => {
  it("explain the result of a close, as text and as JSON", async () => {
    const conversation = await closeConversation("Ada");
    expect(await explained(conversation, "sent")).toMatch(
      /outcome +sent: eligible\n +because +every condition.*\n.*survey mode +test/,
    );
    const { code, out } = await run("explain", "--json", "--", conversation);
    expect({ code, found: JSON.parse(out) }).toEqual({
      code: 0,
      found: [
        expect.objectContaining({ conversationId: conversation, state: "sent", reason: "eligible", duplicates: 0 }),
      ],
    });
  });

  it("say when a conversation is unknown", async () => {
    expect(await run("explain", "nobody-knows-it")).toEqual({
      code: 1,
      out: "",
      err: expect.stringContaining("no close of conversation nobody-knows-it"),
    });
  });

  it("pause the work without refusing events, and resume it", async () => {
    expect((await run("pause")).out).toContain("is paused");
    const conversation = await closeConversation("Ben");
    await explained(conversation, "pending");
    expect((await run("pause")).out).toContain("already");
    expect((await run("resume")).out).toContain("processes events again");
    await explained(conversation, "sent: eligible");
  });

  it("replay a refused close after its cause is repaired", async () => {
    await switchChannel({ enabled: false });
    const conversation = await closeConversation("Cleo");
    expect(await explained(conversation, "parked")).toContain("refused-by-stella");
    await switchChannel({ enabled: true });
    expect((await run("replay", "--reason", "refused-by-stella")).out).toBe(
      "1 event parked as refused-by-stella went back into the queue.\n",
    );
    await explained(conversation, "sent: eligible");
    expect((await run("replay", "--reason", "gave-up")).out).toMatch(/^0 events/);
  });

  it("print the same as JSON for scripts", async () => {
    const json = async (...args: readonly string[]) => JSON.parse((await run(...args, "--json")).out);
    const environment = "sandbox";
    expect(await json("pause")).toEqual({ environment, paused: true, pausedBefore: false });
    expect(await json("resume")).toEqual({ environment, paused: false, pausedBefore: true });
    expect(await json("replay", "--reason", "gave-up")).toEqual({ environment, reason: "gave-up", replayed: 0 });
  });

  it("reconcile with Gladly's history, and print the webhook's state", async () => {
    const { code, out } = await run("reconcile", "--hours", "24");
    expect(code).toBe(0);
    expect(out).toMatch(/not known before +0,/);
    expect(out).toMatch(/webhook +on\n/);
  });

  it.each([
    [["replay"], "--reason is missing. It takes one of: malformed-event"],
    [["reconcile", "--hours", "25"], "--hours takes a number"],
    [["pause", "--environment", "nowhere"], 'no environment "nowhere"; there are: '],
  ])("refuse %j with a message", async (args, words) => {
    expect(await run(...args)).toEqual({ code: 1, out: "", err: expect.stringContaining(words) });
  });
});
