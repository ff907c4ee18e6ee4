/**
 * One million old closes: how long the relay takes to open its file, how long a commit waits while they are deleted, and
 * how large the file is afterwards. `npx tsx scripts/bench/million.ts [rows]`
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/relay/local/database";
import { keepHouse } from "../../src/relay/local/housekeeping";
import { openLocalStores } from "../../src/relay/local/stores";

const DAY = 86_400_000;
const rows = Number(process.argv[2] ?? 1_000_000);
/** Records that are too new to be deleted. */
const STAYING = Math.ceil(rows / 20);

async function main(): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(path, "relay.db");
  const now = Date.now();
  fill(file, now);
  const size = () => Math.round((statSync(file).size + statSync(`${file}-wal`).size) / 1e6);
  const opening = performance.now();
  const home = openLocalStores(path);
  await home.queue.takeBack();
  home.queue.depth();
  const opened = performance.now() - opening;
  const before = size();
  await home.ledger.saveNote("clock", JSON.stringify({ seenAt: now, evenSince: now - 2 * DAY }), undefined);
  const waits: number[] = [];
  let done = false;
  const deliveries = (async () => {
    while (!done) {
      const begun = performance.now();
      await home.probe();
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const pruning = performance.now();
  await keepHouse(35, {
    ...home,
    clock: { now: Date.now },
    metrics: { count: () => undefined, observe: () => undefined },
  });
  const pruned = performance.now() - pruning;
  done = true;
  await deliveries;
  waits.sort((a, b) => a - b);
  const p99 = waits[Math.floor(waits.length * 0.99)] ?? Number.NaN;
  process.stdout.write(
    `${rows} old closes: opened in ${Math.round(opened)} ms; deleted in ${Math.round(pruned / 1000)} s, during which a commit ` +
      `waited ${p99.toFixed(1)} ms at p99; ${before} MB before, ${size()} MB after, for ${STAYING} that stay\n`,
  );
  home.close();
  rmSync(path, { recursive: true });
}

function fill(file: string, now: number): void {
  const db = openDatabase(file);
  const insert = db.prepare("INSERT INTO conversation (key, version, value, changed_at) VALUES (?, 3, ?, ?)");
  const value = JSON.stringify({ key: "k", closures: [{ eventId: "e".repeat(22), filler: "x".repeat(400) }] });
  const put = (count: number, name: string, at: number) => {
    for (let start = 0; start < count; start += 10_000) {
      db.exec("BEGIN");
      for (let row = start; row < Math.min(count, start + 10_000); row += 1)
        insert.run(`${name}#${row}`, value, at + row);
      db.exec("COMMIT");
    }
  };
  put(rows, "old", now - 50 * DAY);
  put(STAYING, "young", now - DAY);
  db.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
