/**
 * Kills a real relay with SIGKILL during its work, again and again. Afterwards checks that every close that it answered
 * with 200 is stored and processed exactly once.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { Breaker } from "../../src/relay/breaker";
import { explain } from "../../src/relay/explain";
import { PrometheusMetrics } from "../../src/relay/local/prometheus";
import { type LocalStores, openLocalStores, systemChance } from "../../src/relay/local/stores";
import { gladlyOf, stellaOf } from "../../src/relay/local/upstreams";
import { LookUp } from "../../src/relay/look-up";
import type { Clock } from "../../src/relay/ports";
import { Worker } from "../../src/relay/work";
import { applyConfiguration } from "../support/applied-state";
import { workBatch } from "./work-batch";

export interface SigkillResult {
  readonly acknowledged: number;
  readonly kills: number;
  /** Connections of another address that sent only the start of a request. */
  readonly flooded: number;
  /** Answered 200, but not in the ledger. */
  readonly missing: readonly string[];
  /** In the ledger without a final state, or with a wrong one. */
  readonly unfinished: readonly string[];
}

const PASSWORD = "password";
const CONNECTIONS = 32;
/** SIGKILL ends a process, not the machine, so a file system in memory is enough. */
const FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A policy that excludes the closes by their event: worker and ledger process them without a network. */
const CONFIGURATION: RelayConfigurationInput = {
  ...{ version: 1, environment: "sigkill", surveyMode: "test", delivery: "forward" },
  ...{ gladly: { url: "http://127.0.0.1:9", user: "relay@example.com" }, stella: { url: "http://127.0.0.1:9" } },
  ...{ webhook: { username: "connect" }, doNotSendTopic: "do_not_send_stella" },
  policy: { exclude: { closedBy: ["API"] } },
};

/** @param events number of events to acknowledge, with the kills spread over them */
export async function sigkill(events: number, kills: number): Promise<SigkillResult> {
  const home = mkdtempSync(join(FOLDER, "relay-sigkill-"));
  mkdirSync(join(home, "secrets"));
  writeFileSync(join(home, "secrets", "webhook-password"), PASSWORD, { mode: 0o600 });
  applyConfiguration(home, CONFIGURATION);
  const acknowledged = new Set<string>();
  let flooded = 0;
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const relay = await start(home);
      const flood = kill % 2 === 0 ? await connectionFlood(relay.url) : undefined;
      try {
        await load(relay.url, acknowledged, Math.floor((events * kill) / kills));
      } finally {
        flood?.end();
        flooded += flood?.connections ?? 0;
        relay.child.kill("SIGKILL");
        await once(relay.child, "exit");
      }
    }
    return { acknowledged: acknowledged.size, kills, flooded, ...(await inspect(home, acknowledged)) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function start(home: string): Promise<{ child: ChildProcess; url: string; operationsUrl: string }> {
  const program = join(__dirname, "relay-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, home], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, ...JSON.parse(String(line)) };
}

/** More connections than the relay accepts at once. */
const FLOOD = 1_200;

/** Opens as many connections as another address can get. Deliveries must still succeed. */
async function connectionFlood(url: string): Promise<{ readonly connections: number; end(): void }> {
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: FLOOD }, () =>
    connect({ host: hostname, port: Number(port), localAddress: "127.0.0.2" }),
  );
  const opened = sockets.map((socket) => {
    // The relay closes connections above the limit of an address.
    socket.on("error", () => undefined);
    return new Promise<number>((resolve) => {
      socket.once("connect", () => {
        socket.write("POST /v1/webhooks/gladly HTTP/1.1\r\nhost: relay\r\n");
        resolve(1);
      });
      socket.once("close", () => resolve(0));
    });
  });
  const connections = (await Promise.all(opened)).reduce((sum, one) => sum + one, 0);
  return { connections, end: () => sockets.forEach((socket) => void socket.destroy()) };
}

/** Posts over many connections until `until` events are acknowledged. Other requests are then still in progress. */
async function load(url: string, acknowledged: Set<string>, until: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  const lane = async (number: number) => {
    while (acknowledged.size < until) {
      const id = `${until}-${number}-${next++}`;
      if ((await post(url, id, agent)) === 200) acknowledged.add(id);
    }
  };
  // Does not wait for all connections: the process must die with requests in progress.
  await Promise.race(Array.from({ length: CONNECTIONS }, (_, number) => lane(number)));
  setImmediate(() => agent.destroy());
}

/** @returns undefined when there was no answer */
function post(url: string, id: string, agent: Agent): Promise<number | undefined> {
  const body = JSON.stringify({
    id: `event-${id}`,
    type: "CONVERSATION/CLOSED",
    timestamp: "2026-03-01T12:00:00Z",
    initiator: { id: "api", type: "API" },
    content: { customerId: "customer", conversationId: id, context: { assignee: { inboxId: "inbox" } } },
  });
  const authorization = `Basic ${Buffer.from(`connect:${PASSWORD}`).toString("base64")}`;
  return new Promise((resolve) => {
    const sent = request(
      `${url}/v1/webhooks/gladly`,
      { method: "POST", agent, headers: { authorization, "content-length": Buffer.byteLength(body) } },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode));
        response.on("error", () => resolve(undefined));
      },
    );
    sent.on("error", () => resolve(undefined));
    sent.end(body);
  });
}

/** Opens the killed relay's stores with a clock ten minutes ahead, and finishes the work. */
async function inspect(
  home: string,
  acknowledged: ReadonlySet<string>,
): Promise<Pick<SigkillResult, "missing" | "unfinished">> {
  const clock = { now: () => Date.now() + 600_000 };
  const opened = openLocalStores(home, clock);
  try {
    await finish(opened, clock);
    const missing: string[] = [];
    const unfinished: string[] = [];
    for (const id of acknowledged) {
      const known = await explain(opened.ledger, id);
      if (known.length !== 1) missing.push(id);
      else if (known[0]?.state !== "skipped" || known[0].reason !== "excluded-closer") unfinished.push(id);
    }
    return { missing, unfinished };
  } finally {
    opened.close();
  }
}

async function finish({ ledger, queue, secrets, configuration }: LocalStores, clock: Clock): Promise<void> {
  const shared = {
    ledger,
    queue,
    secrets,
    clock,
    chance: systemChance,
    metrics: new PrometheusMetrics(),
    log: () => undefined,
  };
  const read = configuration.read();
  const lookUp = new LookUp(gladlyOf(read, secrets), clock);
  const worker = new Worker({
    ...{ ...shared, configuration: read, lookUp, stella: stellaOf(read), breaker: new Breaker(shared) },
  });
  while ((await workBatch(queue, (message) => worker.work(message))) > 0);
}
