import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reasonOf } from "../../src/contract/file-fault";
import { nearestFile } from "../../src/contract/near-file";

const folder = mkdtempSync(join(tmpdir(), "near-file-"));
beforeAll(() => {
  mkdirSync(join(folder, "stacks/staging"), { recursive: true });
  writeFileSync(join(folder, "stacks/staging/plan.json"), "{}");
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["stacks/staging/plan.jsn", "stacks/staging/plan.json"],
  ["stacks/stagin/plan.json", "stacks/staging/plan.json"],
  ["stcks/stagin/plan.jsn", "stacks/staging/plan.json"],
  ["stacks/stagin/other.txt", undefined],
  ["stacks/staging/plan.json/more", undefined],
  ["stacks/staging/plan.json", undefined],
  ["nothing/like/it", undefined],
])("%s is near to %s", (given, near) => {
  expect(nearestFile(join(folder, given))).toBe(near === undefined ? undefined : join(folder, near));
});

it("is suggested when a file does not exist", () => {
  const error = Object.assign(new Error("no"), { code: "ENOENT", syscall: "open", path: join(folder, "stack") });
  expect(reasonOf(error)).toBe(`there is no such file or folder (did you mean ${join(folder, "stacks")}?)`);
});
