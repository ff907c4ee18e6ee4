/** The commands in the guides: fenced shell blocks, with the settings from the comment above each block. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "../support/scratch";

/**
 * The guides whose commands are run, in the order of a reader: test/package/guides.slow.test.ts runs every block of them that
 * has no `<!-- not run: why -->` above it.
 */
export const GUIDES = [
  "docs/get-started.md",
  "docs/drift.md",
  "docs/review.md",
  "docs/preview.md",
  "docs/pipelines.md",
  "docs/troubleshooting.md",
  "docs/your-own-repository.md",
] as const;

export interface CommandBlock {
  readonly file: string;
  /** Of the fence, from 1. */
  readonly line: number;
  readonly commands: readonly string[];
  /** The reason why no test runs it. Undefined if one does. */
  readonly notRun?: string;
  /** Allowed exit codes of a block that may end with another code than 0. */
  readonly exits: readonly number[];
}

const NOT_RUN = /^<!-- not run: (.+) -->$/;
const EXITS = /^<!-- exit codes: (\d+(?:, \d+)*) -->$/;
const SHELLS = ["sh", "bash", "shell", "console", "powershell"];

/** @param file relative to the project */
export function commandBlocks(file: string): readonly CommandBlock[] {
  const lines = readFileSync(join(project, file), "utf8").split("\n");
  const blocks: CommandBlock[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^ *```(\w*)/.exec(lines[at] ?? "");
    if (fence === null) continue;
    const end = lines.findIndex((line, index) => index > at && /^ *```$/.test(line));
    if (SHELLS.includes(fence[1] ?? "")) {
      const above = lines.slice(0, at).findLast((line) => line.trim() !== "") ?? "";
      const notRun = NOT_RUN.exec(above.trim())?.[1];
      blocks.push({
        file,
        line: at + 1,
        commands: lines
          .slice(at + 1, end)
          .join("\n")
          .replaceAll("\\\n", " ")
          .split("\n"),
        ...(notRun === undefined ? {} : { notRun }),
        exits: EXITS.exec(above.trim())?.[1]?.split(", ").map(Number) ?? [0],
      });
    }
    at = end;
  }
  return blocks;
}
