/**
 * Disk faults at the start and while the relay runs, with a real process and the system's own errors: the error names the
 * cause, no acknowledged close is lost, and nothing is sent twice. store.slow.test.ts has more faults. CANTOPEN cannot happen
 * while the relay runs: an open file stays open, and a deleted one is LOST.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Database from "libsql";
import { describeIf } from "../../support/optional";
import { describeWithDisk, mountHome, remountHome, unmountHome } from "../support/own-disk";
import { closeEvent, deliver, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

let upstreams: Upstreams;
let home: TestRelay;
let child: ChildProcess | undefined;
let errors: string;
let addresses: { readonly url: string; readonly operationsUrl: string };

beforeEach(async () => {
  upstreams = await Upstreams.start();
  home = new TestRelay(upstreams);
  home.configure();
});
afterEach(async () => {
  await stop("SIGKILL");
  await home.remove();
});

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, "exit");
  }
  child = undefined;
}

/** Starts the relay in a separate process. @param limit arguments of prlimit that limit how much the process can write */
async function start(limit: readonly string[] = []): Promise<void> {
  const program = join(__dirname, "../../chaos/relay-process.ts");
  const command = [process.execPath, "--import", "tsx", program, home.path];
  const [file = "", ...args] = limit.length === 0 ? command : ["prlimit", ...limit, ...command];
  const started = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  child = started;
  errors = "";
  started.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const exited = once(started, "exit").then(() => undefined);
  const line = await Promise.race([once(createInterface({ input: started.stdout }), "line"), exited]);
  if (line === undefined) throw new Error(errors);
  addresses = JSON.parse(String(line[0]));
}

function post(id: string): Promise<number> {
  upstreams.addConversation(id);
  return deliver(addresses.url, closeEvent(id));
}

const asked = () =>
  upstreams
    .surveys()
    .map(({ ext_interaction_id }) => ext_interaction_id)
    .sort();
/** Expects one request for each close. */
async function askedOnce(...ids: readonly string[]): Promise<void> {
  await eventually(asked, (list) => list.length >= ids.length, { within: 60_000 });
  expect(asked()).toEqual([...ids].sort());
}

const health = async () => (await fetch(`${addresses.operationsUrl}/health`)).text();
const failing = (code: string) =>
  eventually(health, (text) => text.includes(`503 (${code})`), { pause: 50, within: 30_000 });

const canLimit = (() => {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describeIf(
  canLimit,
  "prlimit",
  "install util-linux",
)("IOERR", () => {
  /** A file that cannot grow causes the same error as a disk that fails to write. */
  const limit = (bytes: number | "unlimited") =>
    execFileSync("prlimit", ["--pid", String(child?.pid), `--fsize=${bytes}:unlimited`]);

  it("while it runs: answers 503, reports the fault, and continues when the disk works again", async () => {
    await start();
    expect(await post("before")).toBe(200);
    await askedOnce("before");
    limit(statSync(join(home.path, "relay.db-wal")).size);
    expect(await post("refused")).toBe(503);
    expect(await failing("IOERR")).toContain("the disk does not read or write as it should");
    limit("unlimited");
    expect(await post("refused")).toBe(200);
    await askedOnce("before", "refused");
  });

  it("at the start: reports the fault, and starts when the disk works again", async () => {
    await expect(start(["--fsize=0:unlimited"])).rejects.toThrow(/the disk does not read or write .* \(IOERR\)/);
    await start();
    expect(await post("after")).toBe(200);
    await askedOnce("after");
  });
});

function overwrite(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, "r+");
  writeSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
}

describe("NOTADB", () => {
  it("while it runs, with the file's beginning overwritten: the next start reports it at the latest, and nothing is lost", async () => {
    await start();
    expect(await post("before")).toBe(200);
    await askedOnce("before");
    const file = join(home.path, "relay.db");
    const other = new Database(file);
    other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    other.close();
    const beginning = readFileSync(file).subarray(0, 100);
    overwrite(file, Buffer.alloc(100, 0xa5));
    upstreams.mood = 503;
    // The running relay has the beginning in memory, unless it looks at the file before this: then Gladly tries again.
    const accepted = (await post("meanwhile")) === 200;
    await stop("SIGKILL");
    upstreams.mood = undefined;
    // Whether the write-ahead log has the beginning depends on later writes.
    await start().catch((error: unknown) => {
      expect(String(error)).toMatch(/is not a database.*\(NOTADB\)/);
      overwrite(file, beginning);
      return start();
    });
    if (!accepted) expect(await post("meanwhile")).toBe(200);
    await askedOnce("before", "meanwhile");
  });

  it("at the start, and with the file restored: everything is there, and nothing is sent twice", async () => {
    await start();
    upstreams.mood = 503;
    expect(await post("waits")).toBe(200);
    await stop("SIGTERM");
    const file = join(home.path, "relay.db");
    renameSync(file, `${file}.good`);
    writeFileSync(file, "no database ".repeat(1000));
    await expect(start()).rejects.toThrow(/is not a database.*\(NOTADB\)/);
    renameSync(`${file}.good`, file);
    upstreams.mood = undefined;
    await start();
    await askedOnce("waits");
  });
});

describeWithDisk("a disk", () => {
  beforeEach(() => mountHome(home));
  afterEach(async () => {
    await stop("SIGKILL");
    unmountHome(home);
  });

  it("that is full at the start: reports it, and starts with all data when there is space", async () => {
    await start();
    upstreams.mood = 503;
    expect(await post("waits")).toBe(200);
    await stop("SIGKILL");
    const filler = join(home.path, "filler");
    const descriptor = openSync(filler, "w");
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(4096));
    } catch {
      closeSync(descriptor);
    }
    await expect(start()).rejects.toThrow(/the disk is full/);
    rmSync(filler);
    upstreams.mood = undefined;
    await start();
    await askedOnce("waits");
  });

  it("that is read-only at the start: reports it, and starts with all data when it is writable", async () => {
    await start();
    upstreams.mood = 503;
    expect(await post("waits")).toBe(200);
    await stop("SIGKILL");
    remountHome(home, "ro");
    await expect(start()).rejects.toThrow(/cannot be (written|opened)/);
    remountHome(home, "rw");
    upstreams.mood = undefined;
    await start();
    await askedOnce("waits");
  });
});
