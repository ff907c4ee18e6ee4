/** Commands in a subfolder of the project write only to the project's folders. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Running, run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

let scratch: Scratch;
let before: readonly string[];
const servers: Running[] = [];
beforeAll(() => {
  scratch = scratchProject("built");
  before = files();
});
afterAll(() => {
  for (const server of servers) server.kill();
  scratch.remove();
});

/** Every path of the project except packages and build results. */
function files(folder = ""): readonly string[] {
  return readdirSync(join(scratch.folder, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (["node_modules", "dist"].includes(path)) return [];
    return entry.isDirectory() ? [path, ...files(path)] : [path];
  });
}

/** The top-level folders and files of new paths. */
const written = () => {
  const more = files().filter((path) => !before.includes(path));
  return [...new Set(more.filter((path) => !more.some((above) => path.startsWith(`${above}/`))))].sort();
};

const below = () => ({ cwd: join(scratch.folder, "stacks/environments"), env: scratch.env });
const relay = (...args: readonly string[]) =>
  run(process.execPath, [join(scratch.folder, "bin/relay.mjs"), ...args], below());
const cdktf = (...args: readonly string[]) => run("npx", ["cdktf", ...args], below());

describe("from stacks/environments", () => {
  it("the tour writes only to .relay and cdktf.out of the project", async () => {
    expect(await relay("tour")).toMatchObject({ code: 0 });
    expect(written()).toEqual([".relay", "cdktf.out"]);
  });

  it("the commands do the same, and write a saved plan to planned/", async () => {
    for (const name of ["sandbox", "serve sandbox"]) {
      const args = [join(scratch.folder, "bin/relay.mjs"), ...name.split(" "), "--port", "0"];
      const server = new Running(process.execPath, args, below());
      servers.push(server);
      await server.says("http://127.0.0.1:");
    }
    expect(await cdktf("apply", "sandbox")).toMatchObject({ code: 0 });
    expect(await cdktf("plan", "sandbox")).toMatchObject({ code: 0, out: expect.stringContaining("No changes.") });
    for (const args of [
      ["drift", "sandbox"],
      ["review", "sandbox"],
      ["preview", "sandbox"],
      ["terraform", "sandbox", "state", "list"],
      ["ci", "plan", "sandbox"],
    ]) {
      expect(await relay(...args)).toMatchObject({ code: 0 });
    }
    expect(await relay("ci", "apply", "sandbox", "../../planned/sandbox")).toMatchObject({ code: 0 });
    expect(written()).toEqual([".relay", "cdktf.out", "planned"]);
  });
});
