import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onlyOne } from "../../../src/features/drift/single-run";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "only-one-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a folder that allows one run at a time", () => {
  it("refuses a second run and names the first, and is free again afterwards", async () => {
    await onlyOne(folder, async () => {
      await expect(onlyOne(folder, async () => "in")).rejects.toThrow(`as process ${process.pid}`);
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(await onlyOne(folder, async () => "in")).toBe("in");
  });

  it("is free again when the run fails", async () => {
    const look = onlyOne(folder, () => Promise.reject(new Error("Gladly is down")));
    await expect(look).rejects.toThrow("Gladly is down");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not wait for a killed run", async () => {
    // A process id above the limits of Linux and macOS.
    writeFileSync(join(folder, "relay-drift.pid"), "2147483646");
    expect(await onlyOne(folder, async () => "in")).toBe("in");
  });

  it("is created if it does not exist", async () => {
    await onlyOne(join(folder, "cdktf.out"), async () => undefined);
    expect(existsSync(join(folder, "cdktf.out"))).toBe(true);
  });
});
