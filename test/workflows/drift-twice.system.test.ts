/**
 * drift.yml takes no lock, so an apply at the same time looks like drift. Runs the step's lines in bash: drift that is gone in
 * the second check does not count. `npx` is a script here with the test's exit codes.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { workflow } from "./support/workflow";

const { look } = workflow("drift").jobs;
const step = look?.steps.find(({ id }) => id === "look");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drift-twice-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param ends exit codes of `relay drift`, one for each check. @returns the step's output */
function answer(ends: readonly number[]): { readonly code: string; readonly looks: number } {
  writeFileSync(join(folder, "ends"), `${ends.join("\n")}\n`);
  writeFileSync(
    join(folder, "npx"),
    '#!/bin/sh\necho "$*" >> looks\nend=$(head -n 1 ends)\nsed -i 1d ends\nexit "$end"\n',
  );
  chmodSync(join(folder, "npx"), 0o755);
  const output = join(folder, "output");
  execFileSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step?.run ?? "exit 9"], {
    cwd: folder,
    env: {
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      ENVIRONMENT: "production",
      SECONDS_BETWEEN: "0",
      GITHUB_OUTPUT: output,
    },
    stdio: "pipe",
  });
  const looks = readFileSync(join(folder, "looks"), "utf8").trim().split("\n");
  return { code: readFileSync(output, "utf8").trim(), looks: looks.length };
}

it.each<[string, readonly number[], { readonly code: string; readonly looks: number }]>([
  ["none", [0], { code: "code=0", looks: 1 }],
  ["gone after an apply at the same time", [2, 0], { code: "code=0", looks: 2 }],
  ["found both times", [2, 2], { code: "code=2", looks: 2 }],
  ["not known the first time", [1], { code: "code=1", looks: 1 }],
  ["not known the second time", [2, 1], { code: "code=1", looks: 2 }],
])("drift that is %s", (_, ends, told) => {
  expect(answer(ends)).toEqual(told);
});

it("waits ten minutes before the second check, and reports the last result in the issue", () => {
  expect(step?.env.SECONDS_BETWEEN).toBe("${{ vars.RELAY_DRIFT_SECONDS || '600' }}");
  const issue = look?.steps.at(-1);
  expect(issue).toMatchObject({ env: { CODE: "${{ steps.look.outputs.code || '1' }}" } });
  expect(issue?.run).toContain('--exit-code "$CODE"');
});
