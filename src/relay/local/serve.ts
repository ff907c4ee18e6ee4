/** `relay serve`: the whole relay in one process on one machine, round the same core as on AWS. */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { GladlyClient } from "../../gladly/client";
import { StellaClient } from "../../stella/client";
import { Breaker } from "../breaker";
import { ConfigurationUnusable, type RelayConfiguration } from "../configuration";
import { ingest } from "../ingest";
import { LookUp } from "../look-up";
import type { Chance, Clock, Log, Message, Verdict } from "../ports";
import { Worker } from "../work";
import { ConfigurationFile } from "./configuration-file";
import { openDatabase } from "./database";
import { GroupCommit } from "./group-commit";
import { SqliteLedger } from "./ledger";
import { listen, stopListening } from "./listen";
import { createOperationsServer } from "./operations-server";
import { PrometheusMetrics } from "./prometheus";
import { SqliteQueue } from "./queue";
import { FileSecrets } from "./secrets";
import { createWebhookServer } from "./webhook-server";
import { WorkLoop } from "./work-loop";

export interface ServeOptions {
  /** Folder with `relay.json`, `secrets/` and `relay.db`; made where it is missing. */
  readonly home: string;
  /** Port of the webhook; health, metrics and explanations get the next one. 0 picks free ones. */
  readonly port: number;
  /** @default one JSON object a line on standard error */
  readonly log?: Log;
  /** Multiplies every wait before another attempt; below 1 in a rehearsal. @default 1 */
  readonly retryScale?: number;
}

export interface ServedRelay {
  /** Without the path, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly operationsUrl: string;
  /** Takes nothing new, ends what was begun, and closes the store. */
  close(): Promise<void>;
}

/** Milliseconds for one call to Gladly with its retries: a claim's lease must outlast a handful of them. */
const GLADLY_DEADLINE = 8_000;

const clock: Clock = { now: () => Date.now() };
const chance: Chance = { random: Math.random, id: randomUUID };

/** @throws when the port is taken or the database cannot be opened */
export async function serveRelay(options: ServeOptions): Promise<ServedRelay> {
  mkdirSync(options.home, { recursive: true, mode: 0o700 });
  const log = options.log ?? logToStandardError;
  const metrics = new PrometheusMetrics();
  const configurationFile = new ConfigurationFile(options.home);
  const secrets = new FileSecrets(options.home);
  const database = openDatabase(join(options.home, "relay.db"));
  const commits = new GroupCommit(database);
  const ledger = new SqliteLedger(database, commits, clock);
  const queue = new SqliteQueue(database, commits, clock, chance);
  const scale = options.retryScale ?? 1;
  const breaker = new Breaker({ ledger, clock, metrics, log, scale });
  const current = new Current(configurationFile, log, (configuration) => {
    const token = () => secrets.gladlyToken();
    const { url, user, requestsPerSecond } = configuration.gladly;
    const gladly = new GladlyClient({ baseUrl: url, user, token, requestsPerSecond, deadline: GLADLY_DEADLINE });
    const stella = new StellaClient({ baseUrl: configuration.stella.url });
    const lookUp = new LookUp(gladly, clock);
    return new Worker({
      ...{ configuration, ledger, secrets, stella, lookUp, breaker, clock, chance, metrics, log },
      retryScale: scale,
    });
  });
  const loop = new WorkLoop({
    queue,
    now: clock.now,
    worker: async () => current.work(),
    failed: (error) => log("error", "work.failed", { error: nameOf(error) }),
  });
  const wakingQueue = {
    send: async (envelopes: Parameters<SqliteQueue["send"]>[0]) => {
      await queue.send(envelopes);
      loop.wake();
    },
  };
  const webhook = createWebhookServer(async (delivery) => {
    const configuration = current.configuration();
    if (configuration === undefined) {
      metrics.count("Unavailable");
      return 503;
    }
    return ingest(delivery, configuration.webhook.username, {
      queue: wakingQueue,
      secrets,
      clock,
      chance,
      metrics,
      log,
    });
  });
  const operations = createOperationsServer({
    ledger,
    health: () => ({ ok: current.configuration() !== undefined, ...queue.depth() }),
    metrics: () => metrics.render(gauges(queue)),
  });
  const close = async () => {
    log("info", "relay.stopping");
    await Promise.all([stopListening(webhook), stopListening(operations)]);
    await loop.stop();
    database.close();
    log("info", "relay.stopped");
  };
  try {
    const url = await listen(webhook, options.port);
    const operationsUrl = await listen(operations, options.port === 0 ? 0 : options.port + 1);
    log("info", "relay.started", { url, operationsUrl });
    return { url, operationsUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The configuration of the moment, and the worker made for it; each fault is logged once. */
class Current {
  private made: { readonly configuration: RelayConfiguration; readonly worker: Worker } | undefined;
  private complaint: string | undefined;

  constructor(
    private readonly file: ConfigurationFile,
    private readonly log: Log,
    private readonly make: (configuration: RelayConfiguration) => Worker,
  ) {}

  configuration(): RelayConfiguration | undefined {
    try {
      const configuration = this.file.read();
      this.complaint = undefined;
      return configuration;
    } catch (error) {
      if (!(error instanceof ConfigurationUnusable)) throw error;
      if (this.complaint !== error.message) this.log("error", "configuration.unusable", { detail: error.message });
      this.complaint = error.message;
      return undefined;
    }
  }

  work(): ((message: Message) => Promise<Verdict>) | undefined {
    const configuration = this.configuration();
    if (configuration === undefined) return undefined;
    if (this.made?.configuration !== configuration) {
      const { environment, surveyMode, delivery } = configuration;
      this.log("info", "configuration.loaded", { environment, surveyMode, delivery });
      this.made = { configuration, worker: this.make(configuration) };
    }
    const { worker } = this.made;
    return (message) => worker.work(message);
  }
}

function gauges(queue: SqliteQueue): Parameters<PrometheusMetrics["render"]>[0] {
  const { waiting, handedOut, parked } = queue.depth();
  return {
    relay_queue_waiting: { help: "events that wait for a worker or their next attempt", value: waiting },
    relay_queue_handed_out: { help: "events that are being worked on", value: handedOut },
    relay_queue_parked: { help: "events kept for a person", value: parked },
  };
}

function logToStandardError(...[level, event, fields]: Parameters<Log>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
