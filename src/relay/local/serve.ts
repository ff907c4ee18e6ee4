/** `relay serve`: the whole relay in one process on one machine, with the same core as on AWS. */
import { errorName } from "../../contract/error-message";
import type { RelayConfiguration } from "../../contract/relay-configuration";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";
import { StellaReader } from "../../vendors/stella/data";
import { Breaker } from "../breaker";
import type { Envelope } from "../envelope";
import { syncSurveyAnswers } from "../feedback";
import { type Delivery, ingest } from "../ingest";
import type { LogEvent } from "../log";
import { LookUp } from "../look-up";
import { isPaused } from "../pause";
import type { Clock, Log } from "../ports";
import { reconcile } from "../reconcile";
import { rereadHistory } from "../relay-time";
import { Worker } from "../work";
import { ClockWatch } from "./clock-watch";
import { Current } from "./current";
import { healthCheck } from "./health";
import { lockHome } from "./home-lock";
import { keepHouse } from "./housekeeping";
import { listen, stopListening } from "./listen";
import { LogLimit } from "./log-limit";
import { oncePerTurn } from "./once-per-turn";
import { createOperationsServer } from "./operations-server";
import { patient } from "./patient-ledger";
import { Periodic } from "./periodic";
import { PrometheusMetrics } from "./prometheus";
import type { SqliteQueue } from "./queue";
import { systemChance as chance, type LocalStores, openLocalStores, systemClock } from "./stores";
import { gladlyOf, stellaOf } from "./upstreams";
import { createWebhookServer } from "./webhook-server";
import { WorkLoop } from "./work-loop";

export interface ServeOptions {
  /** Folder with `terraform.tfstate`, `secrets/` and `relay.db`; created if missing. */
  readonly home: string;
  /** Port of the webhook. Health, metrics and explanations use the next one. 0 picks free ports. */
  readonly port: number;
  /** @default one JSON object per line on standard error */
  readonly log?: Log;
  /** Multiplies every wait before another attempt, for rehearsals. @default 1 */
  readonly retryScale?: number;
  /** Milliseconds between two reads of Gladly's history. @default 300000 */
  readonly reconcileEvery?: number;
  /** @default the machine's */
  readonly clock?: Clock;
}

export interface ServedRelay {
  /** Without the path, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly operationsUrl: string;
  /** Accepts nothing new, finishes what was started, and closes the store. */
  close(): Promise<void>;
}

const HOUR = 3_600_000;

/** @throws HomeTaken if another relay serves this folder; also throws if the port is taken or the database cannot be opened */
export async function serveRelay(options: ServeOptions): Promise<ServedRelay> {
  const log = options.log ?? logToStandardError;
  const clock = options.clock ?? systemClock;
  // Password guessing, too many connections or a full disk would otherwise fill the disk with log lines.
  const limit = new LogLimit(log);
  const metrics = new PrometheusMetrics();
  const home = openLocalStores(options.home, clock, chance, (fault) => {
    if (fault === undefined) log("info", "store.recovered");
    else log("error", "store.failed", { ...fault });
  });
  const unlock = locked(options.home, home);
  const { ledger, queue, secrets } = home;
  const shared = { ledger, queue, secrets, clock, chance, metrics, log };
  const scale = options.retryScale ?? 1;
  const clockSetBack = async () => {
    try {
      await rereadHistory(ledger, home.configuration.installation(), clock.now());
    } catch (error) {
      log("error", "reconcile.failed", { error: errorName(error) });
    }
  };
  const watch = new ClockWatch({
    ...{ clock, scale },
    leaped: ({ by }) => {
      metrics.count("ClockLeaped");
      log("error", "clock.leaped", { seconds: Math.round(by / 1000) });
      if (by < 0) void clockSetBack();
    },
  });
  watch.compare(ledger.lastChange());
  await queue.takeBack();
  const breaker = new Breaker({ ...shared, scale });
  const current = new Current(home.configuration, log, (configuration: RelayConfiguration) => {
    const gladly = gladlyOf(configuration, secrets);
    const lookUp = new LookUp(gladly, clock);
    const stella = stellaOf(configuration);
    const installation = home.configuration.installation();
    const worker = new Worker({
      ...{ ...shared, configuration, installation, lookUp, stella, breaker, retryScale: scale },
      ledger: patient(ledger),
    });
    const reader = new StellaReader({ baseUrl: configuration.stella.url });
    return {
      worker,
      reconcile: () => reconcile({ ...shared, configuration, gladly, installation }),
      feedback: () => syncSurveyAnswers({ ...shared, configuration, gladly, stella: reader }),
    };
  });
  const loop = new WorkLoop({
    queue,
    now: () => clock.now(),
    worker: async () => {
      watch.look();
      const worker = !watch.settled || (await isPaused(ledger)) ? undefined : current.made()?.worker;
      return worker && ((message) => worker.work(message));
    },
    failed: (error) => {
      home.watch.failed(error);
      limit.log("error", "work.failed", { error: errorName(error) });
    },
  });
  const send = async (envelopes: readonly Envelope[]) => {
    await queue.send(envelopes);
    loop.wake();
  };
  // Storing needs no configuration: an event that arrives before the first apply has ended waits for it.
  const username = oncePerTurn(() => current.configuration()?.webhook.username ?? WEBHOOK_USERNAME);
  const webhookVerifiers = oncePerTurn(() => secrets.webhookVerifiers());
  const accepting = { ...shared, log: limit.log, queue: { send }, secrets: { webhookVerifiers } };
  const webhook = createWebhookServer((delivery: Delivery) => ingest(delivery, username(), accepting), {
    failed: (error) => limit.log("error", "work.failed", { error: errorName(error) }),
    crowded: () => {
      metrics.count("Crowded");
      limit.log("warn", "connections.crowded");
    },
  });
  const health = healthCheck({
    ...{ queue, clock: watch, store: home.watch, probe: home.probe },
    applied: () => current.configuration() !== undefined,
    paused: () => isPaused(ledger),
  });
  const operations = createOperationsServer({
    ledger,
    health: async () => {
      const { environment, surveyMode, delivery } = current.configuration() ?? {};
      return { ...(await health()), environment, surveyMode, delivery };
    },
    page: { queue, wake: () => loop.wake() },
    failed: (error) => limit.log("error", "work.failed", { error: errorName(error) }),
    metrics: () => metrics.render(gauges(queue)),
  });
  const chore = (task: () => Promise<unknown> | undefined, pause: number, event: LogEvent) =>
    new Periodic(
      async () => {
        const running = task();
        await running;
        return running !== undefined;
      },
      pause,
      (error) => log("error", event, { error: errorName(error) }),
    );
  const closing = new AbortController();
  const chores = [
    // A look with a wrong clock would mark the wrong period as read.
    chore(
      () => (watch.settled ? current.made()?.reconcile() : undefined),
      options.reconcileEvery ?? HOUR / 12,
      "reconcile.failed",
    ),
    chore(() => current.made()?.feedback(), HOUR / 12, "feedback.failed"),
    chore(
      // Only the configuration says how long records are kept.
      () => {
        const policy = current.configuration()?.policy;
        const deps = { ledger, queue, clock, metrics, shrink: home.shrink, stop: closing.signal };
        return policy && keepHouse(policy.retentionDays, deps);
      },
      HOUR,
      "housekeeping.failed",
    ),
  ];
  const close = async () => {
    log("info", "relay.stopping");
    closing.abort();
    await Promise.all([stopListening(webhook), stopListening(operations), ...chores.map((each) => each.stop())]);
    await loop.stop();
    limit.close();
    home.close();
    unlock();
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

function locked(path: string, home: LocalStores): () => void {
  try {
    return lockHome(path);
  } catch (error) {
    home.close();
    throw error;
  }
}

function gauges(queue: SqliteQueue): Parameters<PrometheusMetrics["render"]>[0] {
  const { waiting, handedOut, parked } = queue.depth();
  return {
    relay_queue_waiting: { help: "events that wait for a worker or their next attempt", value: waiting },
    relay_queue_handed_out: { help: "events that are being processed", value: handedOut },
    relay_queue_parked: { help: "parked events", value: parked },
  };
}

/** One JSON object a line. */
export function logToStandardError(...[level, event, fields]: Parameters<Log>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
}
