/** The one-word change: made in a copy of the environment file, as a pull request would have it. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { createTwoFilesPatch } from "diff";

export class EnvironmentCopy {
  /** The folder to synthesize from. */
  readonly folder: string;
  private readonly path: string;

  /** Copies the file so that its imports still hold: the copy lies as deep below the project as the original. */
  constructor(
    private readonly project: string,
    private readonly original: string,
  ) {
    mkdirSync(join(project, ".relay"), { recursive: true });
    this.folder = mkdtempSync(join(project, ".relay", "tour-"));
    this.path = join(this.folder, basename(original));
    copyFileSync(original, this.path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Replaces one word of the copy and answers the change as a diff of the committed file. */
  change(from: string, to: string): string {
    const before = readFileSync(this.path, "utf8");
    if (before.split(from).length !== 2) {
      throw new Error(
        `${relative(this.project, this.original)} has ${from} ${before.split(from).length - 1} times, not once`,
      );
    }
    const after = before.replace(from, to);
    writeFileSync(this.path, after);
    const name = relative(this.project, this.original);
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: 1 });
    return patch.split("\n").slice(1).join("\n").trim();
  }
}
