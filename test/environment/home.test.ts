import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { homeFiles, homeOf, localAddresses } from "../../src/environment";

let env: NodeJS.ProcessEnv;
beforeEach(() => {
  env = { RELAY_HOME: mkdtempSync(join(tmpdir(), "home-")) };
});
afterEach(() => rmSync(env.RELAY_HOME ?? "", { recursive: true }));

describe("the RELAY_HOME of an environment on one machine", () => {
  it("is a folder with its name", () => {
    expect(homeOf("sandbox", env)).toBe(join(env.RELAY_HOME ?? "", "sandbox"));
    expect(homeOf("sandbox", {})).toBe(join(process.cwd(), ".relay", "sandbox"));
  });

  it("has the addresses of started servers, and otherwise the default ports", () => {
    const home = homeOf("sandbox", env);
    expect(localAddresses("sandbox", env).gladly).toBe("http://127.0.0.1:4610");
    mkdirSync(home, { recursive: true });
    const written = { gladly: "http://127.0.0.1:1", stella: "http://127.0.0.1:2", gladlyUser: "a@example.com" };
    writeFileSync(homeFiles.sandbox(home), JSON.stringify(written));
    expect(localAddresses("sandbox", env)).toMatchObject({ ...written, relay: "http://127.0.0.1:4630" });
  });

  it("falls back to the default ports when the file is damaged", () => {
    const home = homeOf("sandbox", env);
    mkdirSync(home, { recursive: true });
    writeFileSync(homeFiles.serve(home), "{");
    expect(localAddresses("sandbox", env).relay).toBe("http://127.0.0.1:4630");
  });
});
