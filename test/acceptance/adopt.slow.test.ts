/**
 * Imports a manual integration into code, moves it behind the relay and back, while agents keep closing conversations. Each
 * close causes exactly one survey.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { SandboxClient } from "../../src/features/tour/sandbox-client";
import { openLocalStores, systemChance } from "../../src/relay/local/stores";
import { gladlyOf } from "../../src/relay/local/upstreams";
import { type Reconciled, reconcile } from "../../src/relay/reconcile";
import { synthesize } from "../../src/terraform/synthesize";
import { Terraform } from "../../src/terraform/terraform";
import { Running, run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

const Addresses = z.object({ gladly: z.string(), stella: z.string(), gladlyUser: z.string() });
const Serving = z.object({ relay: z.string(), operations: z.string() });
const Health = z.object({ waiting: z.number(), handedOut: z.number(), parked: z.number() });
const Requests = z.array(z.object({ extInteractionId: z.string().optional(), decision: z.string() }));
const Mails = z.array(z.object({ extInteractionId: z.string().optional() }));
const Journal = z.array(z.object({ number: z.number(), method: z.string(), path: z.string(), status: z.number() }));

let scratch: Scratch;
let client: SandboxClient;
let serve: Running;
let relay: z.infer<typeof Serving>;
let sandbox: z.infer<typeof Addresses>;
const started: Running[] = [];
const stopClosing = new AbortController();
const closed: string[] = [];
let closing: Promise<void>;

const home = () => join(scratch.folder, ".relay/sandbox");
const file = () => join(scratch.folder, "stacks/environments/sandbox.ts");
const json = (name: string): unknown => JSON.parse(readFileSync(join(home(), name), "utf8"));
const secret = (name: string) => readFileSync(join(home(), "secrets", name), "utf8").trim();
const get = async <T>(schema: z.ZodType<T>, url: string): Promise<T> => schema.parse(await (await fetch(url)).json());

beforeAll(async () => {
  scratch = scratchProject("built");
  // Environments on AWS would need built functions.
  for (const name of ["staging", "production"]) rmSync(join(scratch.folder, `stacks/environments/${name}.ts`));
  await start("sandbox", "--port", "0");
  sandbox = Addresses.parse(json("sandbox.json"));
  await post(sandbox.gladly, "/_sandbox/settings", {
    rateLimit: { perSecond: 10, buckets: "off" },
    eventsDelaySeconds: 0,
  });
  serve = await start("serve", "sandbox", "--port", "0");
  relay = Serving.parse(json("serve.json"));
  const { gladly, stella, gladlyUser: user } = sandbox;
  const options = { gladly, stella, operations: relay.operations, user, token: secret("gladly-token") };
  client = new SandboxClient({ ...options, signal: stopClosing.signal });
  // The manual setup of the vendor's guide (docs/vendors/vendor-guide.md steps 3 and 4).
  await client.gladly.createWebhook({
    name: "Send Stella Survey",
    url: `${stella}/v1/webhooks/gladly`,
    events: ["CONVERSATION/CLOSED"],
    enabled: true,
    credentials: { username: "connect", password: secret("stella-test-key") },
  });
  await client.gladly.createTopic({ name: "do_not_send_stella" });
  closing = closeWithoutPause();
});
afterAll(async () => {
  stopClosing.abort();
  await closing.catch(() => undefined);
  for (const server of started) server.kill();
  scratch.remove();
});

async function start(...args: readonly string[]): Promise<Running> {
  const server = new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
  started.push(server);
  await server.says("http://127.0.0.1:");
  return server;
}

async function post(base: string, path: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
  expect(response.status).toBeLessThan(300);
}

/** Keeps closing conversations, whatever happens to the webhook. */
async function closeWithoutPause(): Promise<void> {
  while (!stopClosing.signal.aborted) {
    const name = `Customer ${closed.length}`;
    const id = await client.open({ customer: { name, email: `customer-${closed.length}@example.net` } });
    await client.close(id);
    closed.push(id);
    await delay(300, undefined, { signal: stopClosing.signal }).catch(() => undefined);
  }
}

/** Waits for more closes, so that every step has closes before and after it. */
async function moreClosed(number: number): Promise<void> {
  const before = closed.length;
  await until(async () => closed.length >= before + number);
}
const signal = () => new AbortController().signal;

const relayCommand = (...args: readonly string[]) =>
  run(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });

/** Applies, then expects a plan without changes. @returns the numbers of imports, adds, changes and destroys */
async function applied(): Promise<string> {
  const env = { ...scratch.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
  const outdir = join(scratch.folder, "cdktf.out");
  await synthesize(outdir, env, scratch.folder);
  const terraform = new Terraform({ folder: join(outdir, "stacks/sandbox"), env, signal: signal() });
  await terraform.init();
  const { plan } = await terraform.plan();
  await terraform.apply();
  expect((await terraform.plan()).clean).toBe(true);
  const changes = plan.resource_changes.filter(({ mode }) => mode === "managed").map(({ change }) => change);
  const number = (action: "create" | "update" | "delete") =>
    changes.filter(({ actions }) => actions.includes(action)).length;
  const imports = changes.filter(({ importing }) => importing !== undefined).length;
  return `${imports} imported, ${number("create")} added, ${number("update")} changed, ${number("delete")} destroyed`;
}

function edit(from: string, to: string): void {
  const source = readFileSync(file(), "utf8");
  expect(source.split(from)).toHaveLength(2);
  writeFileSync(file(), source.replace(from, to));
}

/** Runs the relay's check for missed closes as if some minutes had passed. */
async function look(minutesLater: number): Promise<Reconciled> {
  const opened = openLocalStores(home());
  try {
    const configuration = opened.configuration.read();
    const clock = { now: () => Date.now() + minutesLater * 60_000 };
    return await reconcile({
      ...{ configuration, installation: opened.configuration.installation(), clock, chance: systemChance },
      ...{ gladly: gladlyOf(configuration, opened.secrets), ledger: opened.ledger, queue: opened.queue },
      ...{ metrics: { count: () => undefined, observe: () => undefined }, log: () => undefined },
    });
  } finally {
    opened.close();
  }
}

/** The write requests to Gladly's webhooks and topics so far. */
async function written(): Promise<readonly string[]> {
  const journal = await get(Journal, `${sandbox.gladly}/_sandbox/journal?after=0`);
  return journal
    .filter(({ method, path }) => method !== "GET" && /^\/api\/v1\/(webhooks|topics)/.test(path))
    .map(({ method, path }) => `${method} ${path.split("/").slice(0, 4).join("/")}`);
}

/** Waits without a limit of its own: the relay keeps Gladly's rate limit, so its work can take minutes. */
async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await delay(100);
}

/** Whether the relay has processed everything. */
const idle = () =>
  until(async () => {
    const { waiting, handedOut, parked } = await get(Health, `${relay.operations}/health`);
    expect(parked).toBe(0);
    return waiting + handedOut === 0;
  });

/** Requests to Stella and sent surveys, for each conversation. */
async function surveysOf(): Promise<ReadonlyMap<string, readonly [requests: number, mails: number]>> {
  const requests = await get(Requests, `${sandbox.stella}/_sandbox/requests`);
  const mails = await get(Mails, `${sandbox.stella}/_sandbox/inbox`);
  const about = (list: readonly { readonly extInteractionId?: string | undefined }[], id: string) =>
    list.filter(({ extInteractionId }) => extInteractionId === id).length;
  return new Map(closed.map((id) => [id, [about(requests, id), about(mails, id)] as const]));
}

describe("a manual integration, while agents keep closing conversations", () => {
  it("is adopted: the apply imports webhook and topic, changes nothing, and writes nothing to Gladly", async () => {
    await moreClosed(3);
    const before = await written();
    const adopted = await relayCommand("adopt", "sandbox", "--survey-mode", "test", "--json");
    expect(adopted).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(adopted.out)).toMatchObject({
      state: "written",
      plan: { imported: 2, added: 0, changed: 0, destroyed: 0 },
    });
    expect(readFileSync(file(), "utf8")).toContain('delivery: "direct"');
    expect(await applied()).toBe("2 imported, 0 added, 0 changed, 0 destroyed");
    expect(await written()).toEqual(before);
    await moreClosed(3);
  });

  it("moves behind the relay with a change of one word and one write to Gladly", async () => {
    const before = await written();
    edit('delivery: "direct"', 'delivery: "enrich"');
    expect(await applied()).toBe("0 imported, 1 added, 1 changed, 0 destroyed");
    expect((await written()).slice(before.length)).toEqual(["PATCH /api/v1/webhooks"]);
    // The relay's first check for missed closes, which runs when it has a configuration.
    await serve.says('"reconcile.done"');
    await moreClosed(5);
    for (const minutes of [11, 16]) expect(await look(minutes)).toMatchObject({ webhook: "on", beyondReach: false });
  });

  it("finds closes that are lost afterwards", async () => {
    const [webhook] = await client.gladly.webhooks();
    // After the half minute in which Gladly may still deliver.
    await post(sandbox.gladly, "/_sandbox/clock", { advance: 60_000 });
    await client.gladly.updateWebhook(webhook?.id ?? "", { enabled: false });
    await moreClosed(5);
    expect(await applied()).toBe("0 imported, 0 added, 1 changed, 0 destroyed");
    expect((await look(21)).enqueued).toBeGreaterThanOrEqual(5);
    await idle();
  });

  it("moves back to Stella while the relay finishes its work, and then without the relay", async () => {
    const before = await written();
    edit('delivery: "enrich"', 'delivery: "direct",\n  draining: "enrich"');
    expect(await applied()).toBe("0 imported, 0 added, 1 changed, 0 destroyed");
    expect((await written()).slice(before.length)).toEqual(["PATCH /api/v1/webhooks"]);
    await moreClosed(5);
    expect(await look(26)).toMatchObject({ webhook: "stella", enqueued: 0 });
    await idle();
    edit('\n  draining: "enrich",', "");
    expect(await applied()).toBe("0 imported, 0 added, 0 changed, 1 destroyed");
    await moreClosed(3);
  });

  it("moves behind a relay that forwards", async () => {
    edit('delivery: "direct"', 'delivery: "forward"');
    expect(await applied()).toBe("0 imported, 1 added, 1 changed, 0 destroyed");
    await moreClosed(5);
    for (const minutes of [0, 31, 36]) expect(await look(minutes)).toMatchObject({ webhook: "on" });
    await moreClosed(3);
  });

  it("has caused exactly one survey for each closed conversation", async () => {
    stopClosing.abort();
    await closing;
    await look(41);
    await idle();
    await until(async () => [...(await surveysOf()).values()].every(([, mails]) => mails > 0));
    const surveys = await surveysOf();
    expect(surveys.size).toBeGreaterThan(30);
    expect([...surveys].filter(([, [requests, mails]]) => requests !== 1 || mails !== 1)).toEqual([]);
  });

  it("creates the webhook again when someone deletes it, in spite of its import block", async () => {
    const [webhook] = await client.gladly.webhooks();
    await client.gladly.updateWebhook(webhook?.id ?? "", { enabled: false });
    await client.gladly.deleteWebhook(webhook?.id ?? "");
    expect(await applied()).toBe("0 imported, 1 added, 0 changed, 0 destroyed");
  });
});
