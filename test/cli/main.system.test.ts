import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { version } from "../../package.json";
import { GROUPS, main } from "../../src/commands";
import { loopback } from "../support/loopback";
import { runRelay } from "../support/relay";
import { rememberingTerminal } from "../support/terminal";

const run = (...args: readonly string[]) => runRelay(args);

describe("the relay command", () => {
  // Ends what a test started, even when the test fails.
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => stop.abort());

  it("lists every command in its group with a summary, and the meaning of exit codes", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const { title, commands } of GROUPS) {
      const group = out.split("\n\n").find((part) => part.startsWith(`${title}\n`));
      for (const name of Object.keys(commands)) expect(group).toMatch(new RegExp(`^ {2}${name} +\\S.*$`, "m"));
    }
    for (const meaning of ["0  done", "1  failed", "2  found"]) expect(out).toContain(meaning);
  });

  it("prints the same with help and --help", async () => {
    expect(await run("help")).toEqual(await run("--help"));
    expect(await run("help", "serve")).toEqual(await run("serve", "--help"));
  });

  it("prints its version", async () => {
    expect(await run("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it.each([
    ["servee", "Did you mean serve?"],
    ["exlpain", "Did you mean explain?"],
    ["recon", "Did you mean reconcile?"],
  ])("names an unknown command and a suggestion: %s", async (name, hint) => {
    for (const args of [[name], ["help", name]]) {
      const { code, out, err } = await run(...args);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toBe(`relay: there is no command "${name}". ${hint} \`relay --help\` lists them.\n`);
    }
  });

  it("suggests nothing for a distant name, and does not accept an object property as a command", async () => {
    expect((await run("xyzzyxyzzy")).err).not.toContain("Did you mean");
    expect((await run("constructor")).code).toBe(1);
  });

  it.each([
    [["sandbox", "--prot", "1"], "there is no option --prot. Did you mean --port?"],
    [["explain", "-Jq1uXQfS0c9PzKt3Mygx"], "there is no option -J. An argument that begins with a dash"],
    [["sandbox", "--port"], "--port needs a value."],
    [["sandbox", "--port", "--speed", "2"], "--port needs a value."],
    [["tour", "--json=yes"], "--json takes no value."],
    [["serve"], "the argument <environment> is missing."],
    [["serve", "sandbox", "staging"], 'there is one argument too many: "staging".'],
  ])("refuses %j with a message and the usage, without a stack trace", async (args, words) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    const [first, second, ...rest] = err.split("\n");
    expect(first).toContain(`relay ${args[0]}: ${words}`);
    expect(second).toMatch(new RegExp(`^Usage: relay ${args[0]} `));
    expect(rest).toEqual([""]);
  });

  it("refuses an invalid option value with a message", async () => {
    for (const args of [
      ["sandbox", "--port", "70000"],
      ["sandbox", "--speed", "0"],
      ["sandbox", "--port=-1"],
    ]) {
      const { code, out, err } = await run(...args);
      expect({ args, code, out }).toEqual({ args, code: 1, out: "" });
      expect(err).toMatch(/^relay sandbox: --(port|speed) takes .+\n$/);
    }
  });

  it("says on a clone without packages what to install, without a stack trace", () => {
    const clone = mkdtempSync(join(tmpdir(), "clone-"));
    for (const part of ["bin", "scripts/lib", "package.json"]) {
      cpSync(resolve(__dirname, "../..", part), join(clone, part), { recursive: true });
    }
    const ended = spawnSync(process.execPath, ["bin/relay.mjs", "--help"], { cwd: clone, encoding: "utf8" });
    expect(ended).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/^relay: .+ not installed: .+\n$/),
    });
    rmSync(clone, { recursive: true });
  });

  it("treats everything after -- as an argument", async () => {
    const root = mkdtempSync(join(tmpdir(), "home-"));
    const { code, err } = await runRelay(["explain", "--", "-Jq1uXQfS0c9PzKt3Mygx"], { RELAY_HOME: root });
    expect(code).toBe(1);
    expect(err).toContain("no close of conversation -Jq1uXQfS0c9PzKt3Mygx");
    rmSync(root, { recursive: true });
  });

  it.each([["sandbox"], ["serve", "sandbox"]])("reports a port that is in use: %s", async (...args) => {
    await using taken = await loopback();
    const port = String(taken.port);
    const home = mkdtempSync(join(tmpdir(), "home-"));
    const ended = await runRelay([...args, "--port", port], { RELAY_HOME: home });
    rmSync(home, { recursive: true });
    expect(ended).toEqual({ code: 1, out: "", err: expect.stringContaining(port) });
  });

  it.each([
    ["nosuch", 'no environment "nosuch"; there are: '],
    ["stagin", "Did you mean staging?"],
    ["../../elsewhere", 'no environment "../../elsewhere"'],
    ["production", "runs on AWS"],
  ])("serves only environments on this machine: %s", async (name, words) => {
    const root = mkdtempSync(join(tmpdir(), "home-"));
    const { code, err } = await runRelay(["serve", name, "--port", "0"], { RELAY_HOME: root });
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(readdirSync(root)).toEqual([]);
    rmSync(root, { recursive: true });
  });

  it.each([
    ["sandbox", ["sandbox"], "a sandbox is running already, at http://127.0.0.1:"],
    ["serve", ["serve", "sandbox"], "relay is running already, at http://127.0.0.1:"],
  ])("starts no second server in one RELAY_HOME, and keeps the first one's address: %s", async (file, args, words) => {
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
