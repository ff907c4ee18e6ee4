import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtFunctions, FunctionsNotBuilt } from "../../../src/deploy/build/function-build";
import { type Scratch, scratchProject } from "../../support/scratch";

const NAMES = ["ingest", "watchdog", "worker"];
const NOTICES = "THIRD-PARTY-NOTICES.txt";

/** A fresh clone without build results. */
let scratch: Scratch;
beforeAll(() => {
  scratch = scratchProject("fresh");
});
afterAll(() => scratch.remove());

const built = (name: string, file = "index.js") => join(scratch.folder, "dist/functions", name, file);
const code = (name: string) => readFileSync(built(name), "utf8");
const changedAt = (name: string) => statSync(built(name)).mtimeMs;

/** Makes the build results older than every source, as after a pull. */
function age(): void {
  for (const name of NAMES) utimesSync(built(name), 0, 0);
}

describe("the built functions", () => {
  it("are built by the first synth of a fresh clone, each with the licences of its packages", () => {
    expect(builtFunctions(scratch.folder)).toBe(join(scratch.folder, "dist/functions"));
    expect(readdirSync(join(scratch.folder, "dist/functions")).sort()).toEqual(NAMES);
    for (const name of NAMES) expect(readdirSync(join(built(name), "..")).sort()).toEqual([NOTICES, "index.js"]);
  });

  it("are not built again while no source is newer", () => {
    const before = NAMES.map(changedAt);
    builtFunctions(scratch.folder);
    expect(NAMES.map(changedAt)).toEqual(before);
  });

  it("are built again if a source is newer, or a plan would deploy old code", () => {
    const before = code("worker");
    appendFileSync(join(scratch.folder, "src/relay/aws/worker.lambda.ts"), 'console.log("canary-of-today");\n');
    age();
    builtFunctions(scratch.folder);
    expect(code("worker")).toContain("canary-of-today");
    expect(code("worker")).not.toBe(before);
  });

  it("are built again if one is missing, as after an interrupted build", () => {
    rmSync(join(built("watchdog"), ".."), { recursive: true });
    builtFunctions(scratch.folder);
    expect(code("watchdog")).toContain("handler");
  });

  it("do not change when the build fails, and the error has the place and the remedy", () => {
    const before = code("ingest");
    writeFileSync(join(scratch.folder, "src/relay/ingest.ts"), "export const ingest = ;\n");
    age();
    expect(() => builtFunctions(scratch.folder)).toThrow(FunctionsNotBuilt);
    expect(() => builtFunctions(scratch.folder)).toThrow(/src\/relay\/ingest\.ts:1:22.*Run `npm run build`\./s);
    expect(code("ingest")).toBe(before);
  });
});
