/** The completions of typed lines, checked with real bash, zsh and fish. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandNames } from "../../../src/cli/command";
import { GROUPS } from "../../../src/commands";
import { itIf } from "../../support/optional";
import { runRelay } from "../../support/relay";

const NAMES = commandNames(GROUPS);
const ENVIRONMENTS = ["production", "sandbox", "staging"];
const FORMATS = ["github", "json", "markdown", "terminal"];

/** The project's folder. Its name has an apostrophe and spaces, which a script must quote. */
let folder: string;
function makeFolder(): void {
  folder = mkdtempSync(join(tmpdir(), "Ada's project "));
  mkdirSync(join(folder, "stacks/environments"), { recursive: true });
  mkdirSync(join(folder, "planned"));
  writeFileSync(join(folder, "cdktf.json"), "{}");
  for (const name of ["plan one.json", "notes.md"]) writeFileSync(join(folder, name), "");
  for (const name of ENVIRONMENTS) writeFileSync(join(folder, `stacks/environments/${name}.ts`), "export {};\n");
}

/** Typed lines and their exact completions. */
const TABLE: readonly (readonly [string, readonly string[]])[] = [
  ["relay ", [...NAMES, "help", "--help", "--version"]],
  ["relay re", NAMES.filter((name) => name.startsWith("re"))],
  ["relay help exp", ["explain"]],
  ["relay nosuch ", []],
  ["relay drift ", ENVIRONMENTS],
  ["relay drift s", ["sandbox", "staging"]],
  ["relay drift sandbox p", ["production"]],
  ["relay drift sandbox --f", ["--format"]],
  ["relay drift sandbox --format ", FORMATS],
  ["relay serve ", ENVIRONMENTS],
  ["relay serve --port 4630 st", ["staging"]],
  ["relay serve staging ", []],
  ["relay sandbox --port ", []],
  ["relay pause -e ", ENVIRONMENTS],
  ["relay pause --environment p", ["production"]],
  ["relay replay --reason g", ["gave-up"]],
  ["relay adopt production --survey-mode ", ["production", "test"]],
  ["relay diagram production --format ", ["json", "mermaid", "svg"]],
  ["relay secrets ", ["put", "rotate", "status"]],
  ["relay secrets put staging stella-t", ["stella-test"]],
  ["relay explain ", []],
  ["relay review plan", ["plan one.json", "planned"]],
  ["relay ci plan s", ["sandbox", "stacks", "staging"]],
  ["relay sandbox --scenario no", ["notes.md"]],
];

const isThere = (shell: string) => spawnSync(shell, ["--version"]).status === 0;

async function scriptOf(shell: string): Promise<string> {
  const { code, out } = await runRelay(["completion", shell]);
  expect(code).toBe(0);
  const file = join(folder, `.completion.${shell}`);
  writeFileSync(file, out);
  return file;
}

/** One word per line, without the shell's additions: a slash after a folder, backslashes before spaces. */
function plain(out: string): readonly string[] {
  const words = out.split("\n").map((line) => line.split("\t")[0] ?? "");
  return words
    .filter(Boolean)
    .map((word) => word.replaceAll("\\", "").replace(/\/$/, ""))
    .sort();
}

const PROGRAMS: Readonly<Record<string, (file: string, line: string) => readonly string[]>> = {
  bash: (file, line) => {
    const program = `source "$0"; COMP_WORDS=($1); [[ $1 == *" " ]] && COMP_WORDS+=(""); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _relay; printf "%s\\n" "\${COMPREPLY[@]}"`;
    return ["--norc", "-c", program, file, line];
  },
  fish: (file, line) => ["--no-config", "-c", `source '${file.replaceAll("'", "\\'")}'; complete -C '${line}'`],
  // zsh completes only in a terminal, so this uses one, which lists the completions. The key is typed when the line editor
  // reports that it reads, and the editor reports when it has answered. An echo must not count as a report, so the two words
  // are written in pieces.
  zsh: (file, line) => [
    "-f",
    "-c",
    `zmodload zsh/zpty
     zpty shell zsh -f -i
     zpty -w shell "PROMPT=; unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source \${(q)1}"
     zpty -w shell 'compadd() { if [[ " $* " == *" -[OAD] "* || \${*[(I)-O|-A|-D]} -gt 0 ]]; then builtin compadd "$@"; return; fi; local -a hits; builtin compadd -O hits "$@"; (( $#hits )) && print -rl -- "HIT:"\${^hits}; builtin compadd "$@" }'
     zpty -w shell 'offer() { zle complete-word; print DO""NE }; zle -N offer; bindkey "^I" offer'
     zpty -w shell 'zle-line-init() { print RE""ADY }; zle -N zle-line-init'
     zpty -r shell out '*READY*'
     zpty -w -n shell "$2"$'\\t'
     zpty -r shell out '*DONE*'
     print -r -- $out
     zpty -d shell`,
    file,
    file,
    line,
  ],
};

function offers(shell: string, file: string, line: string): readonly string[] {
  const args = PROGRAMS[shell]?.(file, line) ?? [];
  const out = execFileSync(shell, [...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (shell !== "zsh") return plain(out);
  return plain([...out.matchAll(/HIT:([^\r\n]*)/g)].map(([, word]) => word ?? "").join("\n"));
}

/** One line of each kind for the short tests. The slow tests use all others. */
const SHORT = ["relay ", "relay drift sandbox --f", "relay serve --port 4630 st", "relay review plan"];

/** @param short the lines of {@link SHORT}, or all others */
export function describeCompletion(short: boolean): void {
  beforeAll(makeFolder);
  afterAll(() => rmSync(folder, { recursive: true }));
  describe.each(["bash", "fish", "zsh"])("completion in %s", (shell) => {
    for (const [line, expected] of TABLE.filter(([typed]) => SHORT.includes(typed) === short)) {
      itIf(
        isThere(shell),
        shell,
        `apt-get install ${shell}`,
      )(`of "${line}"`, async () => {
        expect(offers(shell, await scriptOf(shell), line)).toEqual([...expected].sort());
      });
    }
  });
}
