/**
 * Measures the time from a delivery to its 200, which the relay sends after the commit. It compares the relay with a server
 * that commits each request separately, with a receiver that reads the conversation and the customer from Gladly before it
 * answers, as it must without a queue, and with Node's bare HTTP server, the upper limit. The senders run in another process.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SECRET_FILES } from "../../src/contract/secrets";
import { openDatabase } from "../../src/relay/local/database";
import { listen, stopListening } from "../../src/relay/local/listen";
import { serveRelay } from "../../src/relay/local/serve";
import { startSandbox } from "../../src/testing";
import { type Row, spread } from "./rows";
import { inTurns } from "./timed";

const CONTENDERS = ["relay", "one commit a request", "Gladly asked before the answer", "bare node:http"] as const;
type Contender = (typeof CONTENDERS)[number];

interface AcknowledgeTimes {
  readonly deliveries: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Deliveries a second. */
  readonly rate: number;
}

const GROUP = "Acknowledging a delivery";
/** Fewer deliveries for the slow ones: a commit must reach the disk, and Gladly answers many times slower than a disk. */
const DELIVERIES: Readonly<Record<Contender, number>> = {
  relay: 20_000,
  "one commit a request": 4_000,
  "Gladly asked before the answer": 2_000,
  "bare node:http": 20_000,
};

/** @param runs how often each contender is measured, alternately */
export async function acknowledgeRows(runs: number): Promise<readonly Row[]> {
  const quiet = await inTurns(runs, { relay: () => measureAcknowledge(2000, 1, "relay") });
  const p99 = (quiet.relay ?? []).map((times) => times.p99);
  const busy = await inTurns(
    runs,
    Object.fromEntries(CONTENDERS.map((name) => [name, () => measureAcknowledge(DELIVERIES[name], 32, name)])),
  );
  const of = (name: Contender) => busy[name] ?? [];
  const rates = (name: Contender) => of(name).map(({ rate }) => rate);
  const p99s = (name: Contender) => of(name).map((times) => times.p99);
  const [single] = ["one commit a request"] as const;
  const times = spread(rates("relay")).median / spread(rates(single)).median;
  const below = spread(p99s("relay")).median < spread(p99s(single)).median;
  const bounds: Partial<Record<Contender, string>> = {
    relay:
      "by its profile a third Node's HTTP, a third commits of about 22 deliveries, a fifth the event and its password",
    "bare node:http": "Node's HTTP parser: the ceiling",
  };
  return [
    {
      group: GROUP,
      what: "p99, one connection, relay",
      unit: "ms",
      samples: p99,
      bound: "a commit of the disk",
    },
    ...CONTENDERS.map((name): Row => {
      const bound = bounds[name];
      return {
        ...{ group: GROUP, what: `32 connections, ${name}`, unit: "a second", samples: rates(name) },
        ...(name === single ? {} : { against: `32 connections, ${single}` }),
        ...(bound === undefined ? {} : { bound }),
        ...(name === "relay" ? { goal: { words: "5 times one commit a request", met: times >= 5 } } : {}),
      };
    }),
    ...CONTENDERS.map(
      (name): Row => ({
        ...{ group: GROUP, what: `p99, 32 connections, ${name}`, unit: "ms", samples: p99s(name) },
        ...(name === single ? {} : { against: `p99, 32 connections, ${single}` }),
        ...(name === "relay" ? { goal: { words: "below that of one commit a request", met: below } } : {}),
      }),
    ),
  ];
}

/** Sends a number of events over a number of connections to one contender. */
async function measureAcknowledge(
  deliveries: number,
  connections: number,
  contender: Contender,
): Promise<AcknowledgeTimes> {
  const home = mkdtempSync(join(tmpdir(), "bench-"));
  const server = await START[contender](home);
  const senders = fork(join(__dirname, "acknowledge-senders.cjs"), [
    server.url,
    String(deliveries),
    String(connections),
  ]);
  try {
    return await timesOf(senders, deliveries);
  } finally {
    senders.kill();
    await server.close();
    rmSync(home, { recursive: true });
  }
}

async function timesOf(senders: ChildProcess, deliveries: number): Promise<AcknowledgeTimes> {
  const [message]: unknown[] = await once(senders, "message");
  if (typeof message !== "object" || message === null || !("times" in message) || !Array.isArray(message.times))
    throw new Error(`the senders failed: ${JSON.stringify(message)}`);
  const times = message.times.map(Number).sort((a, b) => a - b);
  const seconds = "seconds" in message ? Number(message.seconds) : Number.NaN;
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? Number.NaN) * 10) / 10;
  return { deliveries, median: at(0.5), p99: at(0.99), rate: Math.round(deliveries / seconds) };
}

interface Started {
  readonly url: string;
  close(): Promise<void>;
}

const START: Readonly<Record<Contender, (home: string) => Promise<Started>>> = {
  relay: async (home) => {
    mkdirSync(join(home, "secrets"));
    writeFileSync(join(home, "secrets", SECRET_FILES.webhookPassword), "bench", { mode: 0o600 });
    return serveRelay({ home, port: 0, log: () => undefined });
  },
  "one commit a request": async (home) => {
    const db = openDatabase(join(home, "relay.db"));
    const insert = db.prepare(
      "INSERT INTO message (envelope_id, envelope, conversation, due_at) VALUES (?, ?, NULL, 0)",
    );
    let next = 0;
    return serve(
      (body) => {
        next += 1;
        insert.run(`e${next}`, body);
      },
      () => {
        db.close();
      },
    );
  },
  "Gladly asked before the answer": async () => {
    const sandbox = await startSandbox();
    const conversation = await sandbox.openConversation();
    const authorization = `Basic ${Buffer.from(`${sandbox.credentials.gladlyUser}:${sandbox.credentials.gladlyToken}`).toString("base64")}`;
    const get = async (path: string) =>
      (await fetch(`${sandbox.gladlyUrl}/api/v1/${path}`, { headers: { authorization } })).text();
    return serve(
      async () => {
        const { customerId }: { customerId: string } = JSON.parse(await get(`conversations/${conversation}`));
        await get(`customer-profiles/${customerId}`);
      },
      () => sandbox.close(),
    );
  },
  "bare node:http": () =>
    serve(
      () => undefined,
      () => undefined,
    ),
};

async function serve(store: (body: string) => void | Promise<void>, end: () => void | Promise<void>): Promise<Started> {
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", async () => {
      const stored = store(Buffer.concat(parts).toString("utf8"));
      // Awaits only if there is something to wait for: otherwise it would cost the bare server a turn.
      if (stored !== undefined) await stored;
      response.writeHead(200, { "content-type": "text/plain", "content-length": 3 });
      response.end("ok\n");
    });
  };
  const server = createServer(listener);
  const url = await listen(server, 0);
  const close = async () => {
    server.closeAllConnections();
    await stopListening(server);
    await end();
  };
  return { url, close };
}
