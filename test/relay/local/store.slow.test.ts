import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { DatabaseUnusable, openDatabase } from "../../../src/relay/local/database";
import { GroupCommit } from "../../../src/relay/local/group-commit";
import { type StoreFault, storeFault } from "../../../src/relay/local/store-faults";
import { StoreWatch } from "../../../src/relay/local/store-watch";
import { openLocalStores } from "../../../src/relay/local/stores";
import { envelope } from "../contract/envelopes";
import { describeWithDisk, mountHome, remountHome, unmountHome } from "../support/own-disk";
import { closeEvent, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "relay-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Creates a database with enough data that damage is found. */
function filled(path: string): void {
  const db = openDatabase(path);
  const insert = db.prepare("INSERT INTO note (name, version, value) VALUES (?, 1, ?)");
  db.exec("BEGIN");
  for (let row = 0; row < 2000; row += 1) insert.run(`note-${row}`, "x".repeat(400));
  db.exec("COMMIT");
  db.close();
  emptyLog(path);
}

/** Moves the content of the write-ahead log into the file. */
function emptyLog(path: string): void {
  const db = new Database(path);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

describe("at the start", () => {
  const file = () => join(folder, "relay.db");
  const fails = (): string => {
    try {
      openDatabase(file()).close();
    } catch (error) {
      expect(error).toBeInstanceOf(DatabaseUnusable);
      return error instanceof Error ? error.message : "";
    }
    throw new Error("it was opened");
  };

  test("a file that is not a database is reported with the remedy", () => {
    writeFileSync(file(), "no database ".repeat(1000));
    expect(fails()).toContain(
      `${file()} is not a database, or its beginning is damaged (NOTADB). Stop the relay, move`,
    );
  });

  test("a damaged file is reported", () => {
    filled(file());
    const bytes = readFileSync(file());
    bytes.fill(0xa5, 100, 4096);
    writeFileSync(file(), bytes);
    expect(fails()).toMatch(/ is damaged \(CORRUPT\)\. Stop the relay/);
  });

  test("a folder instead of the file is reported", () => {
    mkdirSync(file());
    expect(fails()).toMatch(/cannot be opened \(CANTOPEN\)\. Look whether it is a file/);
  });

  test("a lock of another process is reported", () => {
    filled(file());
    const other = new Database(file());
    other.exec("BEGIN IMMEDIATE");
    try {
      expect(fails()).toMatch(/another process has .* locked .* \(BUSY\)\. End what holds it/);
    } finally {
      other.close();
    }
  });

  test("only the owner can read the file and its companion files, even existing ones", async () => {
    const made = openLocalStores(folder);
    await made.queue.send([envelope("e")]);
    made.close();
    chmodSync(file(), 0o644);
    const home = openLocalStores(folder);
    await home.queue.send([envelope("f")]);
    for (const name of ["relay.db", "relay.db-wal", "relay.db-shm"]) {
      expect([name, (statSync(join(folder, name)).mode & 0o777).toString(8)]).toEqual([name, "600"]);
    }
    home.close();
  });
});

describe("while it runs, a failing commit", () => {
  let db: Database.Database;
  let commits: GroupCommit;
  let reported: (StoreFault | undefined)[];
  let steady: number;
  let watch: StoreWatch;
  beforeEach(() => {
    const file = join(folder, "relay.db");
    [reported, steady] = [[], 0];
    db = openDatabase(file);
    watch = new StoreWatch(
      file,
      (fault) => reported.push(fault),
      () => steady,
    );
    commits = new GroupCommit(db, watch);
  });
  afterEach(() => {
    commits.close();
    db.close();
  });
  const write = (name: string, length = 10) =>
    commits.write(() => db.prepare("INSERT INTO note VALUES (?, 1, ?)").run(name, "x".repeat(length)));
  const names = () => db.prepare("SELECT name FROM note ORDER BY name").pluck().all();

  test("without space is reported once, and as ended a minute after the last failure, although small writes succeed", async () => {
    await write("a");
    const [pages] = db.prepare("SELECT page_count FROM pragma_page_count").pluck().all();
    db.pragma(`max_page_count = ${Number(pages)}`);
    await expect(write("large", 100_000)).rejects.toMatchObject({ code: "SQLITE_FULL" });
    await expect(write("larger", 200_000)).rejects.toMatchObject({ code: "SQLITE_FULL" });
    await write("b");
    expect(watch.fault).toMatchObject({ code: "FULL" });
    steady += 60_000;
    await write("c");
    expect(watch.fault).toBeUndefined();
    expect(reported.map((fault) => fault?.code)).toEqual(["FULL", undefined]);
    expect(names()).toEqual(["a", "b", "c"]);
  });

  test("without write permission is reported", async () => {
    db.pragma("query_only = ON");
    await expect(write("a")).rejects.toThrow();
    expect(watch.fault).toMatchObject({ code: "READONLY", cause: "relay.db cannot be written" });
  });

  test.each(["relay.db", "relay.db-wal"])(
    "into %s that was deleted is refused, because the data would be lost",
    async (name) => {
      await write("a");
      rmSync(join(folder, name));
      await expect(write("b")).rejects.toMatchObject({ name: "StoreLost" });
      expect(watch.fault).toMatchObject({ code: "LOST" });
    },
  );

  test("into a file that was replaced is refused", async () => {
    await write("a");
    renameSync(join(folder, "relay.db"), join(folder, "aside.db"));
    writeFileSync(join(folder, "relay.db"), "");
    await expect(write("b")).rejects.toMatchObject({ name: "StoreLost" });
  });

  test("that is not a fault of the store is not reported", async () => {
    await write("a");
    await expect(write("a")).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
    expect(reported).toEqual([]);
  });
});

test("every SQLite code of a failing store has a cause and a remedy", () => {
  for (const code of ["FULL", "READONLY", "IOERR", "CORRUPT", "NOTADB", "CANTOPEN", "BUSY"]) {
    for (const extended of [`SQLITE_${code}`, `SQLITE_${code}_SOMETHING`]) {
      expect(storeFault(Object.assign(new Error(), { code: extended }))?.cause).not.toContain("SQLite answers");
    }
  }
  expect(storeFault(new Error("other"))).toBeUndefined();
});

/** Serves a relay, and posts to it as Gladly does. */
async function served(home: TestRelay) {
  await home.serve();
  const health = async () => {
    const response = await fetch(`${home.relay?.operationsUrl}/health`);
    return { status: response.status, ...JSON.parse(await response.text()) };
  };
  const failing = (code: string) =>
    eventually(health, ({ findings }) => JSON.stringify(findings).includes(`503 (${code})`), {
      pause: 20,
      within: 30_000,
    });
  return { health, failing };
}

describe("a served relay", () => {
  let upstreams: Upstreams;
  let home: TestRelay;
  beforeEach(async () => {
    upstreams = await Upstreams.start();
    home = new TestRelay(upstreams);
    home.configure();
  });
  afterEach(() => home.remove());
  const asked = () => upstreams.surveys().map(({ ext_interaction_id }) => ext_interaction_id);

  test("whose file is deleted answers 503 afterwards, with the reason in health and log", async () => {
    const { health, failing } = await served(home);
    expect((await health()).status).toBe(200);
    expect(await home.post(closeEvent("c1"))).toBe(200);
    for (const name of ["relay.db", "relay.db-wal", "relay.db-shm"]) rmSync(join(home.path, name));
    expect(await home.post(closeEvent("c2"))).toBe(503);
    expect(await failing("LOST")).toMatchObject({ status: 503, ok: false });
    expect(home.log).toContainEqual(
      expect.objectContaining({ event: "store.failed", fields: expect.objectContaining({ code: "LOST" }) }),
    );
  });

  test("whose file is damaged while it runs reports that in health", async () => {
    const store = openLocalStores(home.path);
    await store.queue.send(Array.from({ length: 40 }, (_, index) => envelope(`e${index}`, "x".repeat(20_000))));
    store.close();
    emptyLog(join(home.path, "relay.db"));
    // Damages the overflow pages of a body, which the worker reads.
    const bytes = readFileSync(join(home.path, "relay.db"));
    for (let page = 4096; page < bytes.length; page += 4096) {
      if (bytes.subarray(page + 100, page + 4000).every((byte) => byte === 0x78)) bytes.fill(0xff, page, page + 4);
    }
    writeFileSync(join(home.path, "relay.db"), bytes);
    const { failing } = await served(home);
    expect(await failing("CORRUPT")).toMatchObject({ status: 503, ok: false });
  });

  test("whose file another process has locked answers 503, and continues when the lock ends", async () => {
    const { failing } = await served(home);
    upstreams.addConversation("c1");
    const other = new Database(join(home.path, "relay.db"));
    other.exec("BEGIN IMMEDIATE");
    expect(await home.post(closeEvent("c1"))).toBe(503);
    await failing("BUSY");
    other.exec("ROLLBACK");
    other.close();
    expect(await home.post(closeEvent("c1"))).toBe(200);
    await eventually(asked, (list) => list.length > 0);
    expect(asked()).toEqual(["c1"]);
  });
});

describeWithDisk("a served relay on a disk of its own", () => {
  let upstreams: Upstreams;
  let home: TestRelay;
  beforeEach(async () => {
    upstreams = await Upstreams.start();
    home = new TestRelay(upstreams);
    mountHome(home);
  });
  afterEach(async () => {
    await home.relay?.close();
    unmountHome(home);
    await upstreams.stop();
  });

  test("that is full answers 503 and reports it; with space again it continues, and no acknowledged close is lost", async () => {
    const { failing } = await served(home);
    const [sent, refused] = [new Set<string>(), new Set<string>()];
    const body = (id: string) => JSON.stringify({ ...JSON.parse(closeEvent(id)), filler: "x".repeat(20_000) });
    for (let index = 0; refused.size < 3; index += 1) {
      upstreams.addConversation(`c${index}`);
      const status = await home.post(body(`c${index}`));
      (status === 200 ? sent : refused).add(`c${index}`);
      if (index === 5) writeFileSync(join(home.path, "filler"), Buffer.alloc(700_000));
    }
    await failing("FULL");
    rmSync(join(home.path, "filler"));
    for (const id of refused) expect([id, await home.post(body(id))]).toEqual([id, 200]);
    const all = [...sent, ...refused].sort();
    await eventually(
      () => upstreams.surveys().map(({ ext_interaction_id }) => ext_interaction_id),
      (list) => list.length >= all.length,
      { pause: 50 },
    );
    expect(
      upstreams
        .surveys()
        .map(({ ext_interaction_id }) => ext_interaction_id)
        .sort(),
    ).toEqual(all);
  });

  test("that becomes read-only answers 503 and reports it, and continues when it is writable again", async () => {
    const { failing } = await served(home);
    expect(await home.post(closeEvent("c1"))).toBe(200);
    try {
      remountHome(home, "ro");
    } catch {
      // Here, files open for writing keep the mount writable, so this fault cannot happen on this system.
      return;
    }
    expect(await home.post(closeEvent("c2"))).toBe(503);
    await failing("READONLY").catch(() => failing("IOERR"));
    remountHome(home, "rw");
    expect(await home.post(closeEvent("c2"))).toBe(200);
  });
});
