/** The committed generated files equal newly generated ones. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerPages } from "../../scripts/provider/pages";
import { bundleProvider } from "../../src/deploy/build/bundle-provider";
import { lockFileWith, packageHash, providerDist } from "../../src/deploy/build/provider-dist";
import { gladlyProvider } from "../../src/provider/gladly.provider";
import { createLogger } from "../../src/provider/protocol/log";
import { project } from "../support/scratch";

const scratch = mkdtempSync(join(tmpdir(), "generated-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Every file in a folder, by its path. */
function files(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [path.slice(folder.length + 1), readFileSync(path, "utf8")])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

describe("regenerating leaves no difference", () => {
  it("in the messages of the protocol (npm run protocol)", () => {
    const protocol = join(project, "src", "provider", "protocol");
    const copy = join(scratch, "a", "b", "c", "d");
    mkdirSync(copy, { recursive: true });
    cpSync(join(protocol, "proto"), join(copy, "proto"), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(scratch, "a", "node_modules"));
    execFileSync(join(project, "node_modules", ".bin", "buf"), ["generate"], { cwd: join(copy, "proto") });
    expect(files(join(copy, "generated"))).toEqual(files(join(protocol, "generated")));
  });

  it("in the pages (npm run pages), and every resource and data source has an example", () => {
    const provider = gladlyProvider({ version: "0.0.0", environment: {}, log: createLogger("pages", undefined) });
    const pages = providerPages(provider, join(project, "examples"));
    expect(files(join(project, "docs", "provider"))).toEqual(
      Object.fromEntries([...pages].sort(([a], [b]) => (a < b ? -1 : 1))),
    );
    for (const [path, text] of pages) expect(`${path} ${text.includes("```terraform")}`).toBe(`${path} true`);
  });

  it("in the provider itself: builds in two folders are byte-equal and match the lock file (npm run build)", async () => {
    const { version, lockFile } = providerDist(project);
    const elsewhere = join(scratch, "clone");
    mkdirSync(elsewhere);
    cpSync(join(project, "src"), join(elsewhere, "src"), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(elsewhere, "node_modules"));
    const [here, there] = await Promise.all([bundleProvider(project, version), bundleProvider(elsewhere, version)]);
    expect(here.files.map(({ content }) => Buffer.from(content).toString("base64"))).toEqual(
      there.files.map(({ content }) => Buffer.from(content).toString("base64")),
    );
    const lock = readFileSync(lockFile, "utf8");
    expect(lock).toBe(lockFileWith(lock, version, packageHash(here.files)));
  });
});
