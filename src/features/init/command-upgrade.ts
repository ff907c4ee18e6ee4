/** `relay upgrade`: updates the files that `relay init` created to the installed version. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Command, CommandError, EXIT } from "../../cli/command";
import { jsonText } from "../../contract/json";
import { isProject, packageVersion, projectRoot } from "../../contract/locations";
import { fileDiff } from "../shared/file-diff";
import { generatedFiles, IGNORED } from "./files";
import { digestOf, type InitRecord, readRecord, writeRecord } from "./record";

export const command: Command = {
  summary: "updates the files of `relay init` to the installed version",
  usage: "[--dry-run]",
  help: `
Run it after \`npm install gladly-stella-relay@<version>\`. It updates cdktf.json, stacks/main.ts, .gitignore and the GitHub
workflows, and shows each difference. It does not change files that you edited, but shows their differences too. It never
touches environment files. Then plan every environment and read the review.

Options
  --dry-run   Write nothing. Show what would change.
  --json      One JSON object: what happened to each file, with its difference.

Examples
  npx relay upgrade --dry-run
  npx relay upgrade
`,
  options: { "dry-run": { type: "boolean" }, json: { type: "boolean" } },
  positionals: { min: 0, max: 0 },
  async run(invocation, terminal) {
    const project = projectRoot();
    if (!isProject(project)) {
      throw new CommandError("there is no cdktf.json in this folder or above it. `npx relay init` creates a project.");
    }
    const dryRun = invocation.values["dry-run"] === true;
    const changes = upgrade(project, dryRun);
    if (invocation.values.json === true) {
      terminal.out(jsonText({ version: packageVersion(), dryRun, files: changes }));
      return EXIT.ok;
    }
    for (const { path, outcome, diff } of changes) {
      if (outcome === "current") continue;
      terminal.out(`${(dryRun ? PLANNED : DONE)[outcome]} ${path}\n${diff}${diff === "" ? "" : "\n"}`);
    }
    const changed = changes.filter(({ outcome }) => outcome !== "current");
    terminal.err(
      changed.length === 0
        ? `Every file is up to date with version ${packageVersion()}.\n`
        : `Next: plan every environment and read its review: npx relay review <environment>\n`,
    );
    return EXIT.ok;
  },
};

/** The result for a file. `edited`: the company changed it, so it is not updated. */
type FileState = "current" | "updated" | "created" | "edited";

const DONE = { updated: "updated", created: "created", edited: "not updated, because you edited it:" } as const;
const PLANNED = { updated: "would update", created: "would create", edited: DONE.edited } as const;

export interface FileChange {
  readonly path: string;
  readonly outcome: FileState;
  /** A unified diff from the current file to this version's. */
  readonly diff: string;
}

/** @throws CommandError if the record of the last run cannot be read */
export function upgrade(project: string, dryRun: boolean): readonly FileChange[] {
  const record = readRecord(project) ?? { version: "unknown", files: {} };
  const changes = Object.entries(generatedFiles(projectIdOf(project))).map(([path, content]) =>
    changeOf(project, path, content, record),
  );
  if (dryRun) return changes.map(({ change }) => change);
  for (const { change, content } of changes) {
    if (change.outcome !== "updated" && change.outcome !== "created") continue;
    mkdirSync(dirname(join(project, change.path)), { recursive: true });
    writeFileSync(join(project, change.path), content);
  }
  const known = changes.filter(({ change }) => change.outcome !== "edited");
  const files = {
    ...record.files,
    ...Object.fromEntries(known.map(({ change, content }) => [change.path, digestOf(content)])),
  };
  writeRecord(project, { version: packageVersion(), files });
  return changes.map(({ change }) => change);
}

function changeOf(
  project: string,
  path: string,
  made: string,
  { files }: InitRecord,
): { readonly change: FileChange; readonly content: string } {
  const file = join(project, path);
  if (!existsSync(file)) return { change: { path, outcome: "created", diff: "" }, content: made };
  const present = readFileSync(file, "utf8");
  // A company adds its own lines there, so only missing ones are added.
  const content = path === ".gitignore" ? withIgnored(present) : made;
  if (digestOf(present) === digestOf(content)) return { change: { path, outcome: "current", diff: "" }, content };
  const untouched = path === ".gitignore" || files[path] === digestOf(present);
  const outcome = untouched ? "updated" : "edited";
  return { change: { path, outcome, diff: fileDiff(path, present, content) }, content };
}

function withIgnored(present: string): string {
  const lines = present.split(/\r?\n/);
  const missing = IGNORED.filter((line) => !lines.includes(line));
  if (missing.length === 0) return present;
  return `${present.replace(/\n*$/, "\n")}${missing.join("\n")}\n`;
}

/** cdktf's id of the project, which must not change. */
function projectIdOf(project: string): string | undefined {
  return /"projectId": "([^"]*)"/.exec(readFileSync(join(project, "cdktf.json"), "utf8"))?.[1];
}
