import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { defined, jsonText, parsedJson } from "../../src/contract/json";
import { fileNames, readJson, readText } from "../../src/contract/read-file";

const folder = mkdtempSync(join(tmpdir(), "read-file-"));
const file = join(folder, "file.json");
const Named = z.object({ name: z.string() });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file that may be missing or damaged", () => {
  it.each([
    ["is not JSON", '{"name":'],
    ["is empty", ""],
    ["holds something else", '{"title":"x"}'],
  ])("has no content if it %s", (_, text) => {
    writeFileSync(file, text);
    expect(readJson(file, Named)).toBeUndefined();
    expect(readText(file)).toBe(text);
  });

  it("has no content if it is a folder or does not exist", () => {
    for (const path of [folder, join(folder, "none")]) {
      expect([readText(path), readJson(path, Named)]).toEqual([undefined, undefined]);
    }
    expect(fileNames(join(folder, "none"))).toEqual([]);
  });

  it("is read unchanged", () => {
    writeFileSync(file, jsonText({ name: "x" }));
    expect(readText(file)).toBe('{\n  "name": "x"\n}\n');
    expect(readJson(file, Named)).toEqual({ name: "x" });
    expect(parsedJson("null")).toBeNull();
    expect(fileNames(folder)).toEqual(["file.json"]);
  });

  it("has no field for what is undefined", () => {
    expect(Object.keys(defined({ name: "x", title: undefined }))).toEqual(["name"]);
  });
});
