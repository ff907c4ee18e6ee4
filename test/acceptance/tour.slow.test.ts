/** Unusual tours. The usual tour is in tour.system.test.ts. */
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { Running } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

let scratch: Scratch;
let running: Running | undefined;
beforeAll(() => {
  scratch = scratchProject("built");
});
afterEach(() => running?.kill());
afterAll(() => scratch.remove());

const tour = (...args: readonly string[]) => {
  running = new Running("npm", ["start", ...args], { cwd: scratch.folder, env: scratch.env });
  return running;
};

describe("a tour that is interrupted", () => {
  it("ends everything it started, and says so", async () => {
    const process = tour();
    await process.says("2. Conversations are closed");
    process.interrupt();
    const { code, err } = await process.end();
    await process.leavesNothing();
    expect(code).not.toBe(0);
    expect(err).toContain("everything that was started has ended");
  });
});

describe("a tour whose npm gets the signal", () => {
  it("ends everything it started", async () => {
    const process = tour();
    await process.says("2. Conversations are closed");
    process.terminate();
    await process.end();
    await process.leavesNothing();
  });
});

describe("a tour with an edited environment file", () => {
  it("is refused before anything starts, with the line that the tour needs", async () => {
    const path = join(scratch.folder, "stacks/environments/sandbox.ts");
    const committed = readFileSync(path, "utf8");
    writeFileSync(path, committed.replace('"test"', '"production"'));
    const { code, err } = await tour().end();
    writeFileSync(path, committed);
    expect(code).toBe(1);
    expect(err).toContain('it begins with surveyMode: "test" in stacks/environments/sandbox.ts');
  });
});

describe("a tour while another program has the usual ports", () => {
  let taken: Server | undefined;
  afterEach(() => taken?.close());

  it("takes free ones, keeps running if asked to, and ends on Ctrl-C", async () => {
    taken = await listenOn(4610);
    const process = tour("--", "--keep");
    await process.says("npx cdktf plan sandbox");
    expect(process.out).not.toContain("http://127.0.0.1:4610");

    const second = new Running("npm", ["start"], { cwd: scratch.folder, env: scratch.env });
    const refused = await second.end();
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/another tour is running, as process \d+|a sandbox is running already, at http:/);

    process.interrupt();
    await process.end();
    await process.leavesNothing();
  });
});

/** Listens on a port, unless another program already does. */
function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
