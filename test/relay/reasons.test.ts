import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REASONS } from "../../src/relay/reasons";

const FOLDER = join(__dirname, "..", "..", "src", "relay");

test("each explained reason is used by some part of the relay", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && name !== "reasons.ts");
  const source = files.map((name) => readFileSync(join(FOLDER, name), "utf8")).join("");
  expect(Object.keys(REASONS).filter((reason) => !source.includes(`"${reason}"`))).toEqual([]);
});
