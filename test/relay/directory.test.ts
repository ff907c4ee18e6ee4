import { Directory } from "../../src/relay/directory";
import { TestClock } from "./support/memory";

let clock: TestClock;
let entries: { id: string; name: string }[];
let loads: number;
let directory: Directory<{ id: string; name: string }>;

beforeEach(() => {
  clock = new TestClock();
  entries = [{ id: "a", name: "first" }];
  loads = 0;
  directory = new Directory(
    async () => {
      loads += 1;
      return entries;
    },
    60_000,
    clock,
  );
});

test("one read serves many look-ups at once and later ones until the copy is old", async () => {
  await Promise.all(Array.from({ length: 20 }, () => directory.find("a")));
  clock.time += 59_999;
  expect(await directory.find("a")).toEqual({ id: "a", name: "first" });
  expect(loads).toBe(1);
  clock.time += 1;
  entries = [{ id: "a", name: "renamed" }];
  expect(await directory.find("a")).toEqual({ id: "a", name: "renamed" });
  expect(loads).toBe(2);
});

test("an unknown id is looked up anew at once, and then not again for ten seconds", async () => {
  await directory.find("a");
  clock.time += 10_000;
  entries = [...entries, { id: "b", name: "new" }];
  expect(await directory.find("b")).toEqual({ id: "b", name: "new" });
  await Promise.all(Array.from({ length: 20 }, () => directory.find("unknown")));
  expect(loads).toBe(2);
});

test("a read that failed is tried again by the next look-up", async () => {
  const failing = new Directory<{ id: string }>(
    async () => {
      loads += 1;
      if (loads === 1) throw new Error("down");
      return entries;
    },
    60_000,
    clock,
  );
  await expect(failing.find("a")).rejects.toThrow("down");
  expect(await failing.find("a")).toMatchObject({ id: "a" });
});
