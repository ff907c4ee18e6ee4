/** The one-word change: made in a copy of the environment file, as a pull request would have it. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { isAlive } from "../../terraform/process";
import { fileDiff } from "../shared/file-diff";

export class EnvironmentCopy {
  /** The folder to synthesize from. */
  readonly folder: string;
  private readonly path: string;

  /**
   * Copies the file so that its imports still hold: the copy lies as deep below the project as the original. The folder
   * is named for this process, so that a second tour is noticed and what a killed one left is cleared away.
   *
   * @throws when another tour is running, and when the file says something that a tour does not begin with
   */
  constructor(
    private readonly project: string,
    private readonly original: string,
    begins: readonly string[],
  ) {
    const tours = join(project, ".relay");
    this.folder = join(tours, `tour-${process.pid}`);
    this.path = join(this.folder, basename(original));
    const text = readFileSync(original, "utf8");
    for (const words of begins) {
      if (text.split(words).length === 2) continue;
      throw new Error(
        `it begins with ${words} in ${relative(project, original)}, once. Put that back, then start again.`,
      );
    }
    mkdirSync(this.folder, { recursive: true });
    for (const [folder, pid] of otherTours(tours)) {
      if (isAlive(pid)) {
        this.remove();
        throw new Error(
          `another tour is running, as process ${pid}. End it (Ctrl-C where it was started), then try again.`,
        );
      }
      rmSync(folder, { recursive: true, force: true });
    }
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
    return fileDiff(name, before, after, 1);
  }
}

/** Folders of other tours, with the process that made each. */
function otherTours(folder: string): readonly (readonly [string, number])[] {
  return readdirSync(folder).flatMap((name) => {
    const pid = Number(/^tour-(\d+)$/.exec(name)?.[1]);
    return Number.isNaN(pid) || pid === process.pid ? [] : [[join(folder, name), pid] as const];
  });
}
