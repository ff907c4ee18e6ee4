import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SECRET_FILES } from "../../../src/contract/secrets";
import { ensureSandboxSecrets } from "../../../src/features/sandbox/local-secrets";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "home-"));
});
afterEach(() => rmSync(home, { recursive: true }));

describe("the sandbox's secrets", () => {
  it("are generated once, each in a file that only its owner can read", () => {
    const first = ensureSandboxSecrets(home);
    expect(new Set(Object.values(first)).size).toBe(5);
    for (const [name, value] of Object.entries(first)) {
      const path = join(home, "secrets", SECRET_FILES[name as keyof typeof first]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path, "utf8").trim()).toBe(value);
    }
    expect(statSync(join(home, "secrets")).mode & 0o777).toBe(0o700);
    expect(ensureSandboxSecrets(home)).toEqual(first);
  });

  it("keep an existing value, and restrict its file to the owner", () => {
    ensureSandboxSecrets(home);
    const path = join(home, "secrets", "gladly-token");
    writeFileSync(path, "chosen by hand\n", { mode: 0o644 });
    expect(ensureSandboxSecrets(home).gladlyToken).toBe("chosen by hand");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
