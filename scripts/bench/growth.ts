/** Time and memory of the relay's own work at 1, 10 and 100 times the size. They must not grow faster than the input. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openDatabase } from "../../src/relay/local/database";
import { openLocalStores } from "../../src/relay/local/stores";
import { type Row, spread } from "./rows";
import { timed } from "./timed";

const root = resolve(__dirname, "../..");
const GROUP = "Growth";

/** Measures opening a ledger of a given size, and explaining its latest close. */
export async function growthRows(runs: number, sizes: readonly number[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const home = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      fill(join(home, "relay.db"), size);
      const opened: number[] = [];
      const explained: { wall: number; memory: number }[] = [];
      for (let run = 0; run < runs; run += 1) {
        const begun = performance.now();
        const stores = openLocalStores(home);
        await stores.queue.takeBack();
        stores.queue.depth();
        opened.push(performance.now() - begun);
        stores.close();
        const env = { ...process.env, RELAY_HOME: home };
        explained.push(
          await timed({
            command: process.execPath,
            args: [join(root, "bin/relay.mjs"), "explain"],
            cwd: root,
            env,
            codes: [0, 1],
          }),
        );
      }
      rows.push(
        { group: GROUP, what: `opening a ledger of ${size} closes`, unit: "ms", samples: opened },
        { group: GROUP, what: `relay explain, ${size} closes`, unit: "ms", samples: explained.map(({ wall }) => wall) },
        {
          group: GROUP,
          what: `relay explain, ${size} closes, memory`,
          unit: "MB",
          samples: explained.map(({ memory }) => memory),
        },
      );
    } finally {
      rmSync(home, { recursive: true });
    }
  }
  return rows;
}

/** Whether the cost of a series grows at most linearly with its size, with a tenth for noise. */
export function linear(rows: readonly Row[], name: (size: number) => string, sizes: readonly number[]): Row {
  const cost = (size = Number.NaN) => {
    const row = rows.find(({ what }) => what === name(size));
    return row === undefined ? Number.NaN : spread(row.samples).median;
  };
  const [small, large] = [sizes[0] ?? Number.NaN, sizes.at(-1) ?? Number.NaN];
  const [times, size] = [cost(large) / cost(small), large / small];
  return {
    ...{ group: GROUP, what: `${name(large)}, against ${small}`, unit: "times", samples: [times] },
    goal: { words: `at most ${size} times, as it is ${size} times as large`, met: times <= size * 1.1 },
  };
}

function fill(file: string, size: number): void {
  const db = openDatabase(file);
  const insert = db.prepare("INSERT INTO conversation (key, version, value, changed_at) VALUES (?, 3, ?, ?)");
  const value = JSON.stringify({ key: "k", closures: [{ eventId: "e".repeat(22), filler: "x".repeat(400) }] });
  db.exec("BEGIN");
  for (let row = 0; row < size; row += 1) insert.run(`k#${row}`, value, Date.now() - row);
  db.exec("COMMIT");
  db.close();
}
