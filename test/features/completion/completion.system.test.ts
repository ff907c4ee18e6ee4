import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCommand } from "../../../src/cli/command";
import { GROUPS, main } from "../../../src/commands";
import { FORMATS } from "../../../src/report/reporters";
import { itIf } from "../../support/optional";
import { rememberingTerminal } from "../../support/terminal";

const NAMES = GROUPS.flatMap(({ commands }) => Object.keys(commands));

let folder: string;
beforeAll(() => {
  // An apostrophe and a space: the script must quote its folder.
  folder = mkdtempSync(join(tmpdir(), "Ada's environments "));
  for (const name of ["sandbox", "staging", "production"]) writeFileSync(join(folder, `${name}.ts`), "export {};\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function script(shell: string): Promise<string> {
  const terminal = rememberingTerminal({ RELAY_ENVIRONMENTS: folder });
  expect(await main(["completion", shell], terminal)).toBe(0);
  return terminal.printed.out;
}

const isThere = (shell: string) => spawnSync(shell, ["--version"]).status === 0;

describe("completion in bash", () => {
  let file: string;
  beforeAll(async () => {
    file = join(folder, "completion.bash");
    writeFileSync(file, await script("bash"));
  });

  /** What bash offers for the last word of a line. */
  function offers(...words: readonly string[]): readonly string[] {
    const program = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); complete -p relay >&2; _relay; printf "%s\\n" "\${COMPREPLY[@]}"`;
    const out = execFileSync("bash", ["--norc", "-c", program, file, "relay", ...words], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return out.split("\n").filter(Boolean).sort();
  }

  it("offers every command, and those that begin alike", () => {
    expect(offers("")).toEqual([...NAMES, "help", "--help", "--version"].sort());
    expect(offers("re")).toEqual(NAMES.filter((name) => name.startsWith("re")).sort());
    expect(offers("help", "exp")).toEqual(["explain"]);
  });

  it.each(NAMES)("offers every option of %s", (name) => {
    const options = Object.keys(findCommand(name, GROUPS)?.options ?? {});
    expect(offers(name, "-")).toEqual([...options, "help"].map((option) => `--${option}`).sort());
  });

  it("offers the environments that there are, also one that came later", () => {
    expect(offers("serve", "")).toEqual(["production", "sandbox", "staging"]);
    expect(offers("pause", "--environment", "s")).toEqual(["sandbox", "staging"]);
    expect(offers("pause", "-e", "p")).toEqual(["production"]);
    writeFileSync(join(folder, "rehearsal.ts"), "export {};\n");
    expect(offers("readiness", "r")).toEqual(["rehearsal"]);
    rmSync(join(folder, "rehearsal.ts"));
  });

  it("offers an environment where one belongs, and nothing in the place of an argument too many", () => {
    expect(offers("serve", "--port", "4630", "st")).toEqual(["staging"]);
    expect(offers("serve", "staging", "")).toEqual([]);
    expect(offers("drift", "staging", "prod")).toEqual(["production"]);
    expect(offers("explain", "")).toEqual([]);
  });

  it("offers the words that an option or an argument takes", () => {
    expect(offers("readiness", "sandbox", "--format", "")).toEqual([...FORMATS].sort());
    expect(offers("diagram", "production", "--format", "")).toEqual(["json", "mermaid", "svg"]);
    expect(offers("replay", "--reason", "g")).toEqual(["gave-up"]);
    expect(offers("secrets", "")).toEqual(["put", "rotate", "status"]);
    expect(offers("secrets", "put", "staging", "stella-")).toEqual([
      "stella-api-secret",
      "stella-production",
      "stella-test",
    ]);
  });

  it("offers files where a file belongs, and nothing for a number", () => {
    expect(offers("sandbox", "--scenario", "sta")).toEqual(["staging.ts"]);
    expect(offers("sandbox", "--port", "")).toEqual([]);
  });
});

describe.each(["zsh", "fish"] as const)("completion in %s", (shell) => {
  it("names every command and every option", async () => {
    const text = await script(shell);
    for (const name of NAMES) {
      expect(text).toContain(name);
      for (const option of Object.keys(findCommand(name, GROUPS)?.options ?? {}))
        expect(text).toMatch(new RegExp(`(--|-l )${option}`));
    }
  });

  itIf(
    isThere(shell),
    shell,
    `apt-get install ${shell}`,
  )(`is read by ${shell} without a complaint`, async () => {
    const file = join(folder, `completion.${shell}`);
    writeFileSync(file, await script(shell));
    expect(spawnSync(shell, ["-n", file], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });
});

it("completes for no shell that it does not know", async () => {
  const terminal = rememberingTerminal();
  expect(await main(["completion", "bsh"], terminal)).toBe(1);
  expect(terminal.printed.err).toContain('no completion for "bsh", only for bash, zsh, fish. Did you mean bash?');
});
