/** `relay readiness` on a sandbox that the real Terraform applied. Each test breaks something, finds it, and repairs it. */
import { chmodSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { GladlyClient } from "../../src/vendors/gladly/client";
import { Running, run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

const Told = z.object({
  title: z.string(),
  verdict: z.enum(["ready", "not ready", "not known"]),
  surveyMode: z.string(),
  agents: z.object({ all: z.number(), active: z.number(), withoutProfile: z.number() }).optional(),
  items: z.array(z.object({ id: z.string(), state: z.string() })),
  findings: z.array(
    z.object({
      id: z.string(),
      severity: z.string(),
      title: z.string(),
      detail: z.string().default(""),
      remedy: z.string(),
    }),
  ),
});
const Addresses = z.object({ gladly: z.string(), stella: z.string(), gladlyUser: z.string() });
const ENVIRONMENT = "stacks/environments/sandbox.ts";

let scratch: Scratch;
let sandbox: Running;
let serve: Running;
beforeAll(async () => {
  scratch = scratchProject("built");
  sandbox = start("sandbox", "--port", "0");
  await sandbox.says("Stella Connect");
  serve = start("serve", "sandbox", "--port", "0");
  await serve.says("Operations");
  const applied = await run("npx", ["cdktf", "apply", "sandbox"], { cwd: scratch.folder, env: scratch.env });
  expect(applied.code).toBe(0);
});
afterAll(() => {
  for (const server of [sandbox, serve]) server.kill();
  scratch.remove();
});

function start(...args: readonly string[]): Running {
  return new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
}

const relay = (...args: readonly string[]) =>
  run(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
const home = (file: string) => join(scratch.folder, ".relay/sandbox", file);
const secret = (name: string) => home(`secrets/${name}`);
const addresses = () => Addresses.parse(JSON.parse(readFileSync(home("sandbox.json"), "utf8")));

/** Runs the command. `lacking`: ids of what is not ready or not known. */
async function readiness() {
  const { code, out, err } = await relay("readiness", "sandbox", "--json");
  const told = Told.parse(JSON.parse(out));
  const lacking = told.items.filter(({ state }) => state === "not ready" || state === "not known");
  return { code, told, err, lacking: lacking.map(({ id }) => id).sort() };
}

function gladly(): GladlyClient {
  const token = readFileSync(secret("gladly-token"), "utf8").trim();
  return new GladlyClient({ baseUrl: addresses().gladly, user: addresses().gladlyUser, token });
}

async function ourWebhook() {
  const [webhook] = await gladly().webhooks();
  if (webhook === undefined) throw new Error("there is no webhook");
  return webhook;
}

async function ourTopic() {
  const topic = (await gladly().topics()).find(({ name }) => name === "do_not_send_stella");
  if (topic === undefined) throw new Error("there is no topic");
  return topic;
}

async function profile(email: string, status: string): Promise<void> {
  const response = await fetch(`${addresses().stella}/_sandbox/employees/${encodeURIComponent(email)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ status }),
  });
  expect(response.status).toBe(200);
}

/** Edits the environment file. @returns a function that restores it */
function edit(from: string | RegExp, to: string): () => void {
  const path = join(scratch.folder, ENVIRONMENT);
  const text = readFileSync(path, "utf8");
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(path, edited);
  return () => writeFileSync(path, text);
}

interface Breakage {
  readonly what: string;
  /** Breaks something. @returns a function that repairs it */
  readonly breaks: () => Promise<() => unknown>;
  /** Ids that are then not ready or not known. */
  readonly lacking: readonly string[];
  /** Text of the first finding. */
  readonly says: RegExp;
}

const BREAKAGES: readonly Breakage[] = [
  {
    what: "an agent's profile was deactivated",
    breaks: async () => {
      await profile("robin.roe@example.com", "Deactivated");
      return () => profile("robin.roe@example.com", "Active");
    },
    lacking: ["agents-without-profile"],
    says: /^1 agent has no active Stella profile\.$/,
  },
  {
    what: "no agent has an active profile",
    breaks: async () => {
      const emails = ["robin.roe@example.com", "sam.sample@example.com"];
      for (const email of emails) await profile(email, "Pending Review");
      return async () => {
        for (const email of emails) await profile(email, "Active");
      };
    },
    lacking: ["agents-without-profile", "no-active-profile"],
    says: /no survey would be sent/,
  },
  {
    what: "the file of a secret is gone",
    breaks: async () => {
      renameSync(secret("webhook-password"), secret("elsewhere"));
      return () => renameSync(secret("elsewhere"), secret("webhook-password"));
    },
    lacking: ["secret-missing"],
    says: /`webhook-password` is missing/,
  },
  {
    what: "a secret is empty",
    breaks: async () => {
      const path = secret("webhook-password");
      const text = readFileSync(path);
      writeFileSync(path, "\n");
      return () => writeFileSync(path, text);
    },
    lacking: ["secret-empty"],
    says: /`webhook-password` has no value/,
  },
  {
    what: "a secret can be read by others",
    breaks: async () => {
      chmodSync(secret("stella-test-key"), 0o644);
      return () => chmodSync(secret("stella-test-key"), 0o600);
    },
    // The relay does not read such a file, so it cannot ask Stella either.
    lacking: ["profiles-not-known", "secret-open-to-others"],
    says: /can be read by other users/,
  },
  {
    what: "the test key was put in both places",
    breaks: async () => {
      const path = secret("stella-test-key");
      const text = readFileSync(path);
      writeFileSync(path, readFileSync(secret("stella-production-key")));
      return () => writeFileSync(path, text);
    },
    lacking: ["keys-are-one"],
    says: /one of them is wrong/,
  },
  {
    what: "the webhook was switched off",
    breaks: async () => {
      const { id } = await ourWebhook();
      await gladly().updateWebhook(id, { enabled: false });
      return () => gladly().updateWebhook(id, { enabled: true });
    },
    lacking: ["outside-webhook-off"],
    says: /disabled the webhook `Send Stella Survey` in Gladly/,
  },
  {
    what: "the webhook has another address",
    breaks: async () => {
      const webhook = await ourWebhook();
      const url = `${webhook.url}?elsewhere`;
      await gladly().updateWebhook(webhook.id, { url });
      return () => gladly().updateWebhook(webhook.id, { url: webhook.url });
    },
    lacking: ["webhook-elsewhere"],
    says: /not to `http:\/\/127\.0\.0\.1:\d+\/v1\/webhooks\/gladly`/,
  },
  {
    what: "someone created another webhook to Stella",
    breaks: async () => {
      const password = readFileSync(secret("stella-test-key"), "utf8").trim();
      const id = await gladly().createWebhook({
        name: "by hand",
        url: `${addresses().stella}/v1/webhooks/gladly`,
        events: ["CONVERSATION/CLOSED"],
        enabled: true,
        credentials: { username: "connect", password },
      });
      return async () => {
        await gladly().updateWebhook(id, { enabled: false });
        await gladly().deleteWebhook(id);
      };
    },
    lacking: ["webhook-second"],
    says: /`by hand`, delivers closed conversations too/,
  },
  {
    what: "the topic was renamed",
    breaks: async () => {
      const { id, name } = await ourTopic();
      await gladly().updateTopic(id, { name: "Do not send Stella" });
      return () => gladly().updateTopic(id, { name });
    },
    lacking: ["topic-missing"],
    says: /no topic `do_not_send_stella`/,
  },
  {
    what: "the topic was disabled",
    breaks: async () => {
      const { id, name } = await ourTopic();
      await gladly().updateTopic(id, { name, disabled: true });
      return () => gladly().updateTopic(id, { name, disabled: false });
    },
    lacking: ["topic-unusable"],
    says: /is disabled in Gladly/,
  },
  {
    what: "someone paused the relay",
    breaks: async () => {
      expect((await relay("pause")).code).toBe(0);
      return () => relay("resume");
    },
    lacking: ["relay-paused"],
    says: /relay is paused/,
  },
  {
    what: "a manual step is not confirmed",
    breaks: async () => edit(/ {4}suppressionPeriod: .*\n/, ""),
    lacking: ["suppression-period-not-confirmed"],
    says: /suppression period/,
  },
  {
    what: "a manual step is confirmed with a future date",
    breaks: async () => edit(/(testAddress: .*on: )"[^"]+"/, '$1"2999-01-01"'),
    lacking: ["test-address-in-the-future"],
    says: /date in the future: 2999-01-01/,
  },
];

describe("relay readiness, on a sandbox that Terraform applied", () => {
  it("reports ready, the manual steps that no API shows, and the next command", async () => {
    const { code, told, lacking } = await readiness();
    expect({ code, lacking, verdict: told.verdict }).toEqual({ code: 0, lacking: [], verdict: "ready" });
    expect(told.findings.map(({ id }) => id)).toEqual(["key-mode-not-checked", "channels-not-checked"]);
    expect(told.agents).toMatchObject({ all: 4, active: 2, withoutProfile: 0 });
    const { out } = await relay("readiness", "sandbox");
    expect(out).toMatch(/^sandbox: ready for production\n/);
    expect(out).toContain("npx relay drift sandbox");
    expect(out).not.toContain("\u001b[");
  });

  it.each(BREAKAGES.map((breakage) => [breakage.what, breakage] as const))("finds that %s", async (_, breakage) => {
    const mend = await breakage.breaks();
    try {
      const { code, told, lacking } = await readiness();
      expect({ code, lacking, verdict: told.verdict }).toEqual({
        code: 2,
        lacking: breakage.lacking,
        verdict: "not ready",
      });
      const [first] = told.findings;
      expect(`${first?.title}`).toMatch(breakage.says);
      expect(first?.remedy).toMatch(/\S/);
    } finally {
      await mend();
    }
  });

  it("reports ready again after all repairs, and prints no secret in any form", async () => {
    const values = [
      "gladly-token",
      "webhook-password",
      "stella-test-key",
      "stella-production-key",
      "stella-api-secret",
    ];
    for (const format of ["terminal", "markdown", "json", "github"] as const) {
      const { code, out, err } = await relay("readiness", "sandbox", "--format", format);
      expect({ format, code }).toEqual({ format, code: 0 });
      for (const name of values) expect(out + err).not.toContain(readFileSync(secret(name), "utf8").trim());
    }
  });

  it("reports not known, never ready, when Gladly and Stella do not answer", async () => {
    // Killed, so that it cannot clean up: the file with its address stays, and nothing listens there.
    sandbox.killAlone();
    await sandbox.leavesNothing();
    const { code, told, lacking } = await readiness();
    expect({ code, verdict: told.verdict }).toEqual({ code: 1, verdict: "not known" });
    expect(lacking).toEqual(["agents-not-known", "topic-not-known", "webhook-not-known"]);
    expect(told.title).toContain("3 things could not be read");
  });

  it("reports that the relay does not run, even while the others do not answer", async () => {
    // Killed too: without its address, readiness would look at the default port, where another relay of this machine may be.
    serve.killAlone();
    await serve.leavesNothing();
    const { code, told, lacking } = await readiness();
    expect({ code, verdict: told.verdict }).toEqual({ code: 2, verdict: "not ready" });
    expect(lacking).toContain("relay-not-working");
  });
});
