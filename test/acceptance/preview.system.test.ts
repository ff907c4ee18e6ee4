/** Runs `relay preview` as a person does: as a process, with Ctrl-C, and with files. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { PreviewSummary } from "../../src/features/preview/summary";
import { Running, run } from "../support/run";
import { project } from "../support/scratch";

let root: string;
let env: NodeJS.ProcessEnv;
let sandbox: Running;
let gladly: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "preview-"));
  env = { ...process.env, RELAY_HOME: root, TF_CLI_CONFIG_FILE: join(root, "missing.tfrc") };
  sandbox = start("sandbox", "--port", "0");
  await sandbox.says("Next:");
  gladly = JSON.parse(readFileSync(join(root, "sandbox", "sandbox.json"), "utf8")).gladly;
  await control("settings", { eventsDelaySeconds: 0, rateLimit: { buckets: "off" } });
  for (const number of [1, 2, 3, 4, 5, 6]) await close(number);
});

afterAll(async () => {
  sandbox.kill();
  await sandbox.end();
  rmSync(root, { recursive: true, force: true });
});

function start(...args: readonly string[]): Running {
  return new Running(process.execPath, [join(project, "bin/relay.mjs"), ...args], { cwd: project, env });
}

async function control(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${gladly}/_sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function close(number: number): Promise<void> {
  const customer = { id: `customer-${number}`, name: `Customer ${number}`, email: `customer.${number}@example.net` };
  const { id } = z.object({ id: z.string() }).parse(await control("conversations", { customer }));
  const token = readFileSync(join(root, "sandbox", "secrets", "gladly-token"), "utf8").trim();
  const authorization = `Basic ${Buffer.from(`relay@example.com:${token}`).toString("base64")}`;
  const response = await fetch(`${gladly}/api/v1/conversations/${id}`, {
    method: "PATCH",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ status: { value: "CLOSED", force: true } }),
  });
  if (!response.ok) throw new Error(`closing: ${response.status}`);
}

test("Ctrl-C keeps what was read, the same command continues there, and a review can read its JSON", async () => {
  const kept = join(root, "sandbox", "preview.jsonl");
  const slow = { effect: { kind: "latency", milliseconds: 600_000 }, path: "/api/v1/customer-profiles/customer-1" };
  await control("faults", slow);
  const stopped = start("preview", "sandbox", "--rate", "10");
  while (!existsSync(kept) || readFileSync(kept, "utf8").split("\n").length < 4) await stopped.says("closes to read");
  stopped.interrupt();
  const ended = await stopped.end();
  expect(ended.code).toBe(1);
  expect(ended.err).toContain("stopped; nothing was sent.");
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  await fetch(`${gladly}/_sandbox/faults`, { method: "DELETE" });

  const out = join(root, "preview.json");
  const resumed = await run(
    process.execPath,
    [join(project, "bin/relay.mjs"), "preview", "sandbox", "--rate", "10", "--json", "--out", out],
    { cwd: project, env },
  );
  expect(resumed).toMatchObject({ code: 0, out: "" });
  expect(resumed.err).toContain(`Read before, in ${kept}: `);
  expect(PreviewSummary.parse(JSON.parse(readFileSync(out, "utf8")))).toMatchObject({
    ...{ environment: "sandbox", closes: 6, profiles: { checked: true, notActive: [] } },
    proposed: { surveyMode: "test", surveys: 6, customers: 6 },
  });
  expect(existsSync(kept)).toBe(false);
});
