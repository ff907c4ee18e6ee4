/**
 * Checks the workflows with two linters: zizmor (security), at its strictest setting for maintainers, and actionlint. pip and
 * Go install each once into the user's cache folder. If that fails, the tests are skipped with a message.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { itIf } from "../support/optional";
import { project } from "../support/scratch";

const ZIZMOR = "1.32.0";
const ACTIONLINT = "1.7.7";
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "gladly-stella-relay");

/** @returns the binary, or why there is none */
function installed(binary: string, ...steps: readonly (readonly [command: string, ...args: string[]])[]): string {
  if (existsSync(binary)) return "";
  mkdirSync(cache, { recursive: true });
  for (const [command, ...args] of steps) {
    const { status, stderr, error } = spawnSync(command, args, {
      env: { ...process.env, GOBIN: join(cache, `actionlint-${ACTIONLINT}`) },
      timeout: 120_000,
      encoding: "utf8",
    });
    if (status !== 0) return `${command}: ${error?.message ?? stderr.trim().split("\n").at(-1)}`;
  }
  return existsSync(binary) ? "" : `${binary} is missing`;
}

const zizmor = join(cache, `zizmor-${ZIZMOR}/bin/zizmor`);
const noZizmor = installed(
  zizmor,
  ["python3", "-m", "venv", join(cache, `zizmor-${ZIZMOR}`)],
  [join(cache, `zizmor-${ZIZMOR}/bin/pip`), "install", "-q", `zizmor==${ZIZMOR}`],
);
const actionlint = join(cache, `actionlint-${ACTIONLINT}/actionlint`);
const noActionlint = installed(actionlint, [
  "go",
  "install",
  `github.com/rhysd/actionlint/cmd/actionlint@v${ACTIONLINT}`,
]);

function lint(binary: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(binary, args, { cwd: project, encoding: "utf8" });
  return { status, out: `${stdout}${stderr}` };
}

describe("the workflows", () => {
  itIf(
    noZizmor === "",
    `zizmor ${ZIZMOR}`,
    "let pip reach a package index, with Python's venv",
  )("have no findings of zizmor at its stricter setting", () => {
    const found = lint(zizmor, "--offline", "--no-progress", "--pedantic", ".github");
    expect({ status: found.status, out: found.status === 0 ? "" : found.out }).toEqual({ status: 0, out: "" });
  });

  itIf(
    noActionlint === "",
    `actionlint ${ACTIONLINT}`,
    "let Go reach its module proxy",
  )("have no findings of actionlint", () => expect(lint(actionlint)).toEqual({ status: 0, out: "" }));
});
