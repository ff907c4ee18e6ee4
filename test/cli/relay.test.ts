import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { main } from "../../src/cli/relay";
import { rememberingTerminal } from "../support/terminal";

const run = async (...args: readonly string[]) => {
  const terminal = rememberingTerminal();
  const code = await main(args, terminal);
  return { code, ...terminal.printed };
};

describe("the relay command", () => {
  // Whatever a test started ends with it, also when the test fails.
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => stop.abort());

  it("lists its commands, each with a line of what it is for", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const name of ["explain", "sandbox", "serve", "tour"])
      expect(out).toMatch(new RegExp(`^ {2}${name} +\\S.*$`, "m"));
  });

  it("names a command that does not exist, and where to look", async () => {
    expect(await run("servee")).toEqual({ code: 1, out: "", err: expect.stringContaining('no command "servee"') });
    expect((await run("constructor")).code).toBe(1);
  });

  it.each(["explain", "sandbox", "serve", "tour"])("%s --help tells usage, options and examples", async (name) => {
    const { code, out } = await run(name, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`Usage: relay ${name}`);
    expect(out).toMatch(/Examples\n( {2}.*\n)+/);
  });

  it("refuses an option it does not know, a missing argument and a wrong port in words, without a stack trace", async () => {
    const wrong = [["sandbox", "--prot", "1"], ["serve"], ["sandbox", "--port", "70000"], ["sandbox", "--speed", "0"]];
    for (const args of wrong) {
      const { code, out, err } = await run(...args);
      expect({ args, code, out }).toEqual({ args, code: 1, out: "" });
      expect(err).toMatch(/^relay (sandbox|serve): .+\n$/);
    }
  });

  it.each([["sandbox"], ["serve", "sandbox"]])("tells of a port that is in use: %s", async (...args) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const home = mkdtempSync(join(tmpdir(), "home-"));
    const terminal = rememberingTerminal({ RELAY_HOME: home });
    const code = await main([...args, "--port", port], terminal);
    taken.close();
    rmSync(home, { recursive: true });
    expect({ code, out: terminal.printed.out }).toEqual({ code: 1, out: "" });
    expect(terminal.printed.err).toContain(port);
  });

  it.each([
    ["nosuch", 'no environment "nosuch"; there are: '],
    ["../../elsewhere", 'no environment "../../elsewhere"'],
    ["production", "runs on AWS"],
  ])("serves no environment but one of this machine: %s", async (name, words) => {
    const root = mkdtempSync(join(tmpdir(), "home-"));
    const terminal = rememberingTerminal({ RELAY_HOME: root });
    expect(await main(["serve", name, "--port", "0"], terminal)).toBe(1);
    expect(terminal.printed.err).toContain(words);
    expect(readdirSync(root)).toEqual([]);
    rmSync(root, { recursive: true });
  });

  it.each([
    ["sandbox", ["sandbox"], "a sandbox is running already, at http://127.0.0.1:"],
    ["serve", ["serve", "sandbox"], "relay is running already, at http://127.0.0.1:"],
  ])("starts no second server in one home, and leaves the first its address: %s", async (file, args, words) => {
    const root = mkdtempSync(join(tmpdir(), "home-"));
    const address = join(root, "sandbox", `${file}.json`);
    const first = main([...args, "--port", "0"], rememberingTerminal({ RELAY_HOME: root }, stop.signal));
    while (!existsSync(address)) await delay(10);
    const written = readFileSync(address, "utf8");

    const second = rememberingTerminal({ RELAY_HOME: root }, stop.signal);
    expect(await main([...args, "--port", "0"], second)).toBe(1);
    expect(second.printed.err).toContain(words);
    expect(readFileSync(address, "utf8")).toBe(written);

    stop.abort();
    expect(await first).toBe(0);
    expect(existsSync(address)).toBe(false);
    rmSync(root, { recursive: true });
  });
});
