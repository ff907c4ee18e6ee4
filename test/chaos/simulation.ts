/** The real relay with its real SQLite stores, simulated vendors, simulated time, and processes that die. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseConfiguration, type RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { Breaker } from "../../src/relay/breaker";
import { ingest } from "../../src/relay/ingest";
import { keepHouse } from "../../src/relay/local/housekeeping";
import { PrometheusMetrics } from "../../src/relay/local/prometheus";
import { storeFault } from "../../src/relay/local/store-faults";
import { type LocalStores, openLocalStores } from "../../src/relay/local/stores";
import { LookUp } from "../../src/relay/look-up";
import type { Chance, Clock, Queue } from "../../src/relay/ports";
import { reconcile } from "../../src/relay/reconcile";
import { rereadHistory } from "../../src/relay/relay-time";
import { Worker } from "../../src/relay/work";
import { Mortal } from "./mortal";
import { Vendors } from "./vendors";
import { workBatch } from "./work-batch";

const POLICY: RelayConfigurationInput["policy"] = {
  bots: ["bot@example.com"],
  missingName: null,
  exclude: { topics: ["Spam"], closedBy: ["API"] },
};
const CONFIGURATION: RelayConfigurationInput = {
  ...{ version: 1, environment: "chaos", surveyMode: "production", delivery: "enrich" },
  ...{ gladly: { url: "https://gladly.example.com", user: "relay@example.com" } },
  ...{ stella: { url: "https://stella.example.com" }, webhook: { username: "connect" } },
  ...{ doNotSendTopic: "do_not_send_stella" },
};

/** A file system in memory, if there is one, because these runs do not test the disk. */
const MEMORY = "/dev/shm";

/** SQLite's error codes of a failing store. */
export const STORE_FAULTS = ["FULL", "READONLY", "IOERR", "BUSY"] as const;
export type StoreFailure = (typeof STORE_FAULTS)[number];

/** The calls that write. */
const WRITES: readonly PropertyKey[] = ["saveConversation", "saveNote", "send", "receive", "settle", "replay"];

interface Process {
  readonly mortal: Mortal;
  readonly home: LocalStores;
  readonly worker: Worker;
  readonly deliver: (body: string, password: string) => Promise<number>;
  readonly reconcile: () => Promise<unknown>;
  readonly work: () => Promise<number>;
}

export class Simulation {
  readonly vendors = new Vendors();
  readonly metrics = new PrometheusMetrics();
  deaths = 0;
  password = "password-0";
  private readonly path = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "relay-chaos-"));
  /** Error of the relay's clock in milliseconds. Gladly's clock is correct. */
  skew = 0;
  private readonly clock: Clock = { now: () => this.vendors.now + this.skew };
  private failure: { readonly code: StoreFailure; writesLeft: number } | undefined;
  private readonly chance: Chance;
  private processes: Process[] = [];
  private twice = false;

  /** @param seed seed of all random numbers in the run */
  constructor(
    seed: number,
    readonly policy: RelayConfigurationInput["policy"] = {},
  ) {
    let ids = 0;
    const random = seeded(seed);
    this.chance = { random, id: () => `id-${ids++}` };
    mkdirSync(join(this.path, "secrets"));
    this.secret("stella-production-key", this.vendors.stellaKey);
    this.secret("gladly-token", "token");
    this.secret("webhook-password", this.password);
    this.processes = [this.start(), this.start()];
    let within = false;
    this.vendors.meanwhile = async () => {
      if (within) return;
      within = true;
      const other = this.start();
      await other.work().finally(() => other.home.close());
      within = false;
    };
  }

  /** Opens the stores again, to read them. */
  inspect(): LocalStores {
    return openLocalStores(this.path, this.clock, this.chance);
  }

  secret(name: string, value: string): void {
    writeFileSync(join(this.path, "secrets", name), value, { mode: 0o600 });
  }

  /** Creates Gladly's webhook: Gladly sends a PING, and the watchdog runs for the first time. */
  async begin(): Promise<void> {
    await this.deliver('{"type":"PING"}');
    await this.work();
    await this.reconcile();
  }

  /** Posts a body as Gladly does. @returns the status, or undefined when the process died before it answered */
  async deliver(body: string): Promise<number | undefined> {
    const process = this.living();
    return this.survive(process, () => process.deliver(body, this.password));
  }

  async reconcile(): Promise<void> {
    const process = this.living();
    await this.survive(process, () => process.reconcile());
  }

  /** Both processes work until no message is due, or they die. */
  async work(): Promise<void> {
    for (let round = 0; round < 1000; round += 1) {
      const handled = await Promise.all(
        [...this.processes].map(async (process) => (await this.survive(process, () => process.work())) ?? 1),
      );
      if (handled.every((count) => count === 0)) return;
    }
    throw new Error("the work does not end");
  }

  /** Deletes old records, as the relay does every hour. */
  /** What a relay does when it sees that its clock was set back (serve.ts). */
  async clockSetBack(): Promise<void> {
    const home = this.inspect();
    await rereadHistory(home.ledger, undefined, this.clock.now()).finally(() => home.close());
  }

  async keepHouse(): Promise<void> {
    const home = this.inspect();
    const deps = { ...home, clock: this.clock, metrics: this.metrics };
    await keepHouse(7, deps).finally(() => home.close());
  }

  /** Makes every write fail after this number of writes. */
  failStore(code: StoreFailure, writes: number): void {
    this.failure = { code, writesLeft: writes };
  }

  mendStore(): void {
    this.failure = undefined;
  }

  /** Moves the store's files away during `happen`, and then back. */
  async withoutStore(happen: () => Promise<void>): Promise<void> {
    const files = ["relay.db", "relay.db-wal", "relay.db-shm"].map((name) => join(this.path, name));
    for (const file of files) renameSync(file, `${file}.aside`);
    const before = [...this.processes];
    try {
      await happen();
    } finally {
      for (const file of files) renameSync(`${file}.aside`, file);
      // A process that started in the meantime created a new file, which is replaced. It reports LOST until its restart.
      this.processes = this.processes.map((process) => (before.includes(process) ? process : this.restart(process)));
    }
  }

  /** Makes one of the processes die after this number of steps. */
  doom(which: number, steps: number): void {
    this.processes[which % this.processes.length]?.mortal.dieAfter(steps);
  }

  /** Delivers the next messages twice, as an at-least-once queue may. */
  handOutTwice(): void {
    this.twice = true;
  }

  /** Milliseconds until the next message is due. Undefined when none waits. */
  untilDue(): number | undefined {
    const due = this.processes[0]?.home.queue.nextDue();
    return due === undefined ? undefined : Math.max(0, due - this.vendors.now);
  }

  stop(): void {
    for (const process of this.processes) process.home.close();
    rmSync(this.path, { recursive: true, force: true });
  }

  private living(): Process {
    const process = this.processes[0];
    if (process === undefined) throw new Error("no process");
    return process;
  }

  /** Runs something in a process. If the process dies, a new one replaces it. */
  private async survive<T>(process: Process, run: () => Promise<T>): Promise<T | undefined> {
    const result = await Promise.race([
      run().catch((error: unknown) => {
        if (process.mortal.dead) return "dead" as const;
        throw error;
      }),
      process.mortal.death,
    ]);
    if (result !== "dead") return result;
    const place = this.processes.indexOf(process);
    if (place >= 0) {
      this.deaths += 1;
      process.home.close();
      this.processes[place] = this.start();
    }
    return undefined;
  }

  private restart({ home }: Process): Process {
    home.close();
    return this.start();
  }

  private start(): Process {
    const mortal = new Mortal();
    const home = openLocalStores(this.path, this.clock, this.chance);
    const ledger = mortal.wrap(this.failing(home.ledger));
    const queue = mortal.wrap(this.failing(home.queue));
    const configuration = parseConfiguration(
      JSON.stringify({ ...CONFIGURATION, policy: { ...POLICY, ...this.policy } }),
      "the simulation",
    );
    const shared = {
      ...{ ledger, queue, configuration, clock: this.clock, chance: this.chance, metrics: this.metrics },
      ...{ secrets: home.secrets, log: () => undefined },
    };
    const gladly = mortal.wrap(this.vendors.gladly);
    const stella = mortal.wrap(this.vendors.stella);
    const lookUp = new LookUp(gladly, this.clock);
    const worker = new Worker({ ...shared, lookUp, stella, breaker: new Breaker(shared) });
    return {
      mortal,
      home,
      worker,
      deliver: (body, password) => {
        const authorization = `Basic ${Buffer.from(`connect:${password}`).toString("base64")}`;
        const bytes = Buffer.from(body);
        return ingest({ authorization, body: async () => ({ bytes, truncated: false }) }, "connect", shared);
      },
      reconcile: () => reconcile({ ...shared, gladly }).catch(ignoreOutage),
      // An unfinished message is delivered again after its visibility timeout.
      work: () =>
        workBatch(this.atLeastOnce(queue), (message) => worker.work(message)).catch((error: unknown) => {
          ignoreOutage(error);
          return 0;
        }),
    };
  }

  /** Wraps an object whose writes fail while the store fails. */
  private failing<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          if (WRITES.includes(name) && this.failure !== undefined) {
            this.failure.writesLeft -= 1;
            if (this.failure.writesLeft < 0) {
              return Promise.reject(
                Object.assign(new Error("the store fails"), { code: `SQLITE_${this.failure.code}` }),
              );
            }
          }
          return Reflect.apply(value, object, given);
        };
      },
    });
  }

  private atLeastOnce(queue: Queue): Queue {
    return {
      send: (envelopes) => queue.send(envelopes),
      settle: (message, verdict) => queue.settle(message, verdict),
      replay: (reason, most) => queue.replay(reason, most),
      receive: async (most) => {
        const messages = await queue.receive(most);
        if (!this.twice || messages.length === 0) return messages;
        this.twice = false;
        return [...messages, ...messages];
      },
    };
  }
}

/** Ignores errors of Gladly and the store, after which the relay retries later. */
function ignoreOutage(error: unknown): void {
  if (storeFault(error) !== undefined) return;
  if (!(error instanceof Error) || !error.name.startsWith("Gladly")) throw error;
}

/** A generator of numbers from 0 to below 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
