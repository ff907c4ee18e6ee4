/** What changes in a file, as git shows it. */

/**
 * The unified diff without git's first line.
 *
 * @param name the file's path in the diff
 * @param context lines around each change. @default 2
 */
export function fileDiff(name: string, before: string, after: string, context = 2): string {
  const { createTwoFilesPatch }: typeof import("diff") = require("diff");
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context });
  return patch.split("\n").slice(1).join("\n").trim();
}
