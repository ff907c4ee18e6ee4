/** A separate sandbox, applied by the real Terraform, for manual changes and `relay drift`. */
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import { z } from "zod";
import { waitFor } from "../../../src/features/tour/wait";
import { synthesize } from "../../../src/terraform/synthesize";
import { Terraform } from "../../../src/terraform/terraform";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import type { Topic, Webhook } from "../../../src/vendors/gladly/wire";
import { type Ended, Running, run } from "../../support/run";
import { type Scratch, scratchProject } from "../../support/scratch";

export const WEBHOOK = "Send Stella Survey";
export const TOPIC = "do_not_send_stella";

const Finding = z.object({
  id: z.string(),
  severity: z.string(),
  title: z.string(),
  detail: z.string().default(""),
  remedy: z.string().default(""),
  since: z.string().optional(),
  resource: z.string().optional(),
});
const Drift = z.object({
  state: z.string(),
  checkedAt: z.string(),
  stacks: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      findings: z.array(Finding),
      checkedAt: z.string(),
      coverage: z
        .object({ webhooks: z.number(), underCode: z.number(), others: z.array(z.object({ name: z.string() })) })
        .nullish(),
    }),
  ),
  findings: z.array(Finding),
});

export interface Looked {
  readonly code: number | null;
  readonly report: z.infer<typeof Drift>;
  /** Ids of the findings, sorted. */
  readonly ids: readonly string[];
  readonly err: string;
}

const Addresses = z.object({ gladly: z.string(), stella: z.string(), gladlyUser: z.string() });

export class DriftSetup {
  private readonly started: Running[] = [];
  private readonly signal = new AbortController();
  readonly scratch: Scratch = scratchProject("built");
  /** Variables that limit commands to the sandbox, because most tests are not about stacks on AWS. */
  readonly env: NodeJS.ProcessEnv;
  private readonly file: string;
  private relay: Running | undefined;
  private sandbox: Running | undefined;
  private port = 0;
  private count = 0;
  private passwordVersion = 1;

  constructor() {
    const { folder, env } = this.scratch;
    this.file = join(folder, "stacks/only-sandbox/sandbox.ts");
    mkdirSync(dirname(this.file));
    cpSync(join(folder, "stacks/environments/sandbox.ts"), this.file);
    this.env = { ...env, RELAY_ENVIRONMENTS: dirname(this.file) };
  }

  async start(): Promise<void> {
    this.port = await freePair();
    this.sandbox = await this.startSandbox();
    await this.startRelay();
    await this.synth();
    await this.terraform.init();
    await this.apply();
  }

  private startSandbox(): Promise<Running> {
    return this.serve("sandbox", "--port", "0");
  }

  /** Always on the same port, so that its address stays. */
  async startRelay(): Promise<void> {
    this.relay = await this.serve("serve", "sandbox", "--port", String(this.port));
  }

  /** Kills the sandbox as a machine failure does, so that its files stay. */
  async killSandbox(): Promise<void> {
    this.sandbox?.kill();
    await this.sandbox?.end();
  }

  async stopRelay(): Promise<void> {
    this.relay?.terminate();
    await this.relay?.end();
  }

  async remove(): Promise<void> {
    this.signal.abort();
    for (const server of this.started) server.kill();
    await Promise.all(this.started.map((server) => server.end()));
    this.scratch.remove();
  }

  /** Runs `relay drift` as a person or a pipeline does. */
  async drift(...args: readonly string[]): Promise<Looked> {
    const { code, out, err } = await this.relayCommand("drift", "--json", ...args);
    if (out === "") throw new Error(`relay drift ended with ${code} and without a report:\n${err}`);
    const report = Drift.parse(JSON.parse(out));
    return { code, report, ids: report.findings.map(({ id }) => id).sort(), err };
  }

  relayCommand(...args: readonly string[]): Promise<Ended> {
    return run(process.execPath, ["bin/relay.mjs", ...args], { cwd: this.scratch.folder, env: this.env });
  }

  private synth(): Promise<void> {
    return synthesize(join(this.scratch.folder, "cdktf.out"), this.env, this.scratch.folder);
  }

  /** Plans again and applies, as a person does after reading the report. The report has synthesized the stack. */
  async apply(...args: readonly string[]): Promise<void> {
    await this.terraform.plan(...args);
    await this.terraform.apply();
  }

  /** Changes the environment file. */
  async edit(from: string, to: string): Promise<void> {
    const before = readFileSync(this.file, "utf8");
    if (before.split(from).length !== 2) throw new Error(`the environment file does not have exactly one ${from}`);
    writeFileSync(this.file, before.replace(from, to));
    await this.synth();
  }

  /** The remedy after an edit of the webhook: Gladly never shows the password, so the apply sets it again. */
  async setPasswordAgain(): Promise<void> {
    await this.edit(`passwordVersion: ${this.passwordVersion}`, `passwordVersion: ${this.passwordVersion + 1}`);
    this.passwordVersion += 1;
    await this.apply();
  }

  get gladly(): GladlyClient {
    const { gladly: baseUrl, gladlyUser: user } = this.addresses;
    return new GladlyClient({ baseUrl, user, token: this.secret("gladly-token") });
  }

  get addresses() {
    return Addresses.parse(JSON.parse(readFileSync(this.path("sandbox.json"), "utf8")));
  }

  secret(name: string): string {
    return readFileSync(this.path(`secrets/${name}`), "utf8").trim();
  }

  /** Path of a file in the sandbox's RELAY_HOME. */
  path(file: string): string {
    return join(this.scratch.folder, ".relay/sandbox", file);
  }

  /** A new number, for unique names. */
  serial(): number {
    this.count += 1;
    return this.count;
  }

  async webhook(): Promise<Webhook> {
    return only((await this.gladly.webhooks()).filter(({ name }) => name === WEBHOOK));
  }

  async topic(): Promise<Topic> {
    return only((await this.gladly.topics()).filter(({ name }) => name === TOPIC));
  }

  async control(path: string, body: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${this.addresses.gladly}/_sandbox/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST /_sandbox/${path} was answered ${response.status}`);
    return response.json();
  }

  /** Closes a conversation as an agent, which Gladly reports to its webhooks. */
  async close(): Promise<void> {
    const { gladly, gladlyUser } = this.addresses;
    const opened = await this.control("conversations", { customer: { name: "Cora", email: "cora@example.net" } });
    const { id } = z.object({ id: z.string() }).parse(opened);
    const authorization = `Basic ${Buffer.from(`${gladlyUser}:${this.secret("gladly-token")}`).toString("base64")}`;
    const response = await fetch(`${gladly}/api/v1/conversations/${id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify({ status: { value: "CLOSED", force: true } }),
    });
    if (!response.ok) throw new Error(`closing was answered ${response.status}: ${await response.text()}`);
  }

  /** Stops the receiver until Gladly has disabled the webhook. */
  async letGladlySwitchOff(): Promise<string> {
    const { id } = await this.webhook();
    await this.stopRelay();
    await this.close();
    const switchedOff = await waitFor(
      "Gladly to disable the webhook",
      async () => {
        await this.control("clock", { advance: 600_000 });
        return (await this.gladly.webhook(id))?.disabledAtDueToRetryLimit ?? undefined;
      },
      this.signal.signal,
    );
    await this.startRelay();
    return switchedOff;
  }

  private get terraform(): Terraform {
    const folder = join(this.scratch.folder, "cdktf.out/stacks/sandbox");
    const env = { ...this.env, CHECKPOINT_DISABLE: "1" };
    return new Terraform({ folder, env, signal: this.signal.signal });
  }

  private async serve(...args: readonly string[]): Promise<Running> {
    const cwd = this.scratch.folder;
    const server = new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd, env: this.env });
    this.started.push(server);
    await server.says("http://127.0.0.1:");
    return server;
  }
}

function only<T>(found: readonly T[]): T {
  const [one] = found;
  if (one === undefined || found.length > 1) throw new Error(`expected one, found ${found.length}`);
  return one;
}

/**
 * A port whose next port is free too, because the relay needs both. Below the ephemeral ports, because it stays unused
 * before the start and while the relay is down.
 */
async function freePair(): Promise<number> {
  for (;;) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 6_000);
    const servers = [port, port + 1].map((each) => createServer().listen(each, "127.0.0.1"));
    const listens = (server: Server) =>
      once(server, "listening").then(
        () => true,
        () => false,
      );
    const free = await Promise.all(servers.map(listens));
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    if (free.every(Boolean)) return port;
  }
}
