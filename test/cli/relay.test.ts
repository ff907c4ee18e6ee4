import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/cli/relay";
import { rememberingTerminal } from "../support/terminal";

const run = async (...args: readonly string[]) => {
  const terminal = rememberingTerminal();
  const code = await main(args, terminal);
  return { code, ...terminal.printed };
};

describe("the relay command", () => {
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
});
