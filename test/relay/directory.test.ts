import { Directory } from "../../src/relay/directory";
import { TestClock } from "./support/memory";

let clock: TestClock;
let entries: { id: string; name: string }[];
let loads: number;
/** Gladly's answers to reads of one record. */
let alone: Record<string, { id: string; name: string }>;
let asked: string[];
let directory: Directory<{ id: string; name: string }>;

beforeEach(() => {
  clock = new TestClock();
  entries = [{ id: "a", name: "first" }];
  loads = 0;
  alone = {};
  asked = [];
  const list = async () => {
    loads += 1;
    return entries;
  };
  const one = async (id: string) => {
    asked.push(id);
    return alone[id];
  };
  directory = new Directory({ list, one }, 60_000, clock);
});

test("one read serves many simultaneous look-ups, and later ones until the copy is old", async () => {
  await Promise.all(Array.from({ length: 20 }, () => directory.find("a")));
  clock.time += 59_999;
  expect(await directory.find("a")).toEqual({ id: "a", name: "first" });
  expect(loads).toBe(1);
  clock.time += 1;
  entries = [{ id: "a", name: "renamed" }];
  expect(await directory.find("a")).toEqual({ id: "a", name: "renamed" });
  expect(loads).toBe(2);
});

test("an unknown id is looked up again at once, and then not for ten seconds", async () => {
  await directory.find("a");
  clock.time += 10_000;
  entries = [...entries, { id: "b", name: "new" }];
  expect(await directory.find("b")).toEqual({ id: "b", name: "new" });
  for (let look = 0; look < 20; look += 1) expect(await directory.find("unknown")).toBeUndefined();
  expect([loads, asked]).toEqual([2, ["unknown"]]);
  clock.time += 10_000;
  await directory.find("unknown");
  expect([loads, asked]).toEqual([3, ["unknown", "unknown"]]);
});

test("a record that is missing in the list, or was created within ten seconds of its read, is read alone, once", async () => {
  await directory.find("a");
  clock.time += 1000;
  alone = { b: { id: "b", name: "not in the list" } };
  expect(await directory.find("b")).toEqual({ id: "b", name: "not in the list" });
  expect(await directory.find("b")).toEqual({ id: "b", name: "not in the list" });
  expect([loads, asked]).toEqual([1, ["b"]]);
});

test("the next look-up retries a failed read", async () => {
  const list = async () => {
    loads += 1;
    if (loads === 1) throw new Error("down");
    return entries;
  };
  const failing = new Directory<{ id: string }>({ list, one: async () => undefined }, 60_000, clock);
  await expect(failing.find("a")).rejects.toThrow("down");
  expect(await failing.find("a")).toMatchObject({ id: "a" });
});
