/**
 * Measures how long a delivery takes to its 200, which the relay gives after the commit: beside a server that commits each
 * request by itself, and beside Node's bare HTTP server, which is the ceiling. The senders are a process of their own.
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

export const CONTENDERS = ["relay", "one-commit-a-request", "bare-http"] as const;
export type Contender = (typeof CONTENDERS)[number];

export interface AcknowledgeTimes {
  readonly deliveries: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Deliveries a second. */
  readonly rate: number;
}

/** Delivers so many events over so many connections to one of the three. */
export async function measureAcknowledge(
  deliveries: number,
  connections: number,
  contender: Contender = "relay",
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
  "one-commit-a-request": async (home) => {
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
      () => db.close(),
    );
  },
  "bare-http": () =>
    serve(
      () => undefined,
      () => undefined,
    ),
};

async function serve(store: (body: string) => void, end: () => void): Promise<Started> {
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      store(Buffer.concat(parts).toString("utf8"));
      response.writeHead(200, { "content-type": "text/plain", "content-length": 3 });
      response.end("ok\n");
    });
  };
  const server = createServer(listener);
  const url = await listen(server, 0);
  const close = async () => {
    server.closeAllConnections();
    await stopListening(server);
    end();
  };
  return { url, close };
}
