import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { DatabaseUnusable, openDatabase } from "../../../src/relay/local/database";
import { GroupCommit, StoreClosed } from "../../../src/relay/local/group-commit";

let folder: string;
let db: Database.Database;
let commits: GroupCommit;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "relay-commit-"));
  db = openDatabase(join(folder, "relay.db"));
  db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)");
  commits = new GroupCommit(db);
});

afterEach(() => {
  commits.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (a: number) => commits.write(() => db.prepare("INSERT INTO t (a) VALUES (?)").run(a).changes);

/** What another process reads from the disk now. */
function stored(): readonly unknown[] {
  const other = new Database(join(folder, "relay.db"));
  try {
    return other.prepare("SELECT a FROM t ORDER BY a").pluck().all();
  } finally {
    other.close();
  }
}

test("a write is on the disk before it is answered", async () => {
  const seen = insert(1).then(stored);
  expect(stored()).toEqual([]);
  expect(await seen).toEqual([1]);
});

test("the writes of one turn share one transaction", async () => {
  const begun: string[] = [];
  const exec = db.exec.bind(db);
  jest.spyOn(db, "exec").mockImplementation((sql) => {
    begun.push(sql);
    return exec(sql);
  });
  await Promise.all(Array.from({ length: 100 }, (_, index) => insert(index)));
  expect(begun).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
  expect(stored()).toHaveLength(100);
});

test("when one write fails, its whole group fails, and the next group is stored", async () => {
  await insert(1);
  const group = await Promise.allSettled([insert(2), insert(1), insert(3)]);
  expect(group.map((write) => write.status)).toEqual(["rejected", "rejected", "rejected"]);
  await insert(4);
  expect(stored()).toEqual([1, 4]);
});

test("a full disk fails the whole group, and with space again the next group is stored", async () => {
  const big = (a: number) =>
    commits.write(() => db.prepare("INSERT INTO t (a, b) VALUES (?, zeroblob(1000000))").run(a).changes);
  const { page_count: pages } = pagesOf(db);
  db.pragma(`max_page_count = ${pages + 10}`);
  const group = await Promise.allSettled([insert(1), big(2)]);
  expect(group.map((write) => (write.status === "rejected" ? write.reason.code : "stored"))).toEqual([
    "SQLITE_FULL",
    "SQLITE_FULL",
  ]);
  expect(stored()).toEqual([]);
  db.pragma("max_page_count = 1000000");
  await Promise.all([insert(1), big(2)]);
  expect(stored()).toEqual([1, 2]);
});

test("a closed store refuses writes with an error that says so", async () => {
  const last = insert(1);
  commits.close();
  await expect(last).rejects.toThrow(StoreClosed);
  await expect(insert(2)).rejects.toThrow("closed");
});

test("a database of a newer relay is refused and not changed", () => {
  const file = join(folder, "newer.db");
  const newer = new Database(file);
  newer.exec("PRAGMA user_version = 99");
  newer.close();
  expect(() => openDatabase(file)).toThrow(DatabaseUnusable);
  expect(() => openDatabase(file)).toThrow("run the newer relay");
});

test("stored data is there after opening again, with the same schema", async () => {
  await insert(7);
  commits.close();
  db.close();
  db = openDatabase(join(folder, "relay.db"));
  commits = new GroupCommit(db);
  expect(stored()).toEqual([7]);
});

function pagesOf(database: Database.Database): { page_count: number } {
  const row: unknown = database.prepare("SELECT page_count FROM pragma_page_count").get();
  if (typeof row !== "object" || row === null || !("page_count" in row) || typeof row.page_count !== "number") {
    throw new Error("SQLite does not tell its pages");
  }
  return { page_count: row.page_count };
}
