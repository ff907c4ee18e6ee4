/** A git repository with a folder of environment files, for tests. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "../../..");

export class Checkout {
  readonly root = mkdtempSync(join(tmpdir(), "checkout-"));
  readonly folder = join(this.root, "stacks", "environments");

  constructor() {
    mkdirSync(this.folder, { recursive: true });
    mkdirSync(join(this.root, "src"));
    writeFileSync(
      join(this.root, "src", "environment.ts"),
      `export { localAddresses } from ${JSON.stringify(join(PROJECT, "src/environment"))};\n`,
    );
    this.git("init", "--quiet", "--initial-branch=main");
  }

  /** Writes an environment file that imports from its project, as the sandbox's does. */
  write(name: string, changes: object): void {
    const environment = {
      ...{ name, surveyMode: "test", delivery: "enrich" },
      gladly: { url: "http://127.0.0.1:1", user: "api@example.com" },
      manualSteps: { integratedChannel: { by: "a test", on: "2026-11-22" } },
      ...changes,
    };
    const text = [
      'import { localAddresses } from "../../src/environment";',
      `export default { ...${JSON.stringify(environment)}, relay: { on: "local", url: localAddresses("sandbox").relay } };`,
    ];
    writeFileSync(join(this.folder, `${name}.ts`), `${text.join("\n")}\n`);
  }

  /** Commits. @returns the commit's id */
  commit(path = "."): string {
    this.git("add", path);
    this.git("commit", "--quiet", "--message", "environments");
    return this.git("rev-parse", "HEAD").trim();
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.root, ...identity, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
