/** Every command in the README and the guides is run by a test, or has a reason why not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "../support/scratch";
import { commandBlocks, GUIDES } from "./command-blocks";

/** Facts about vendors and decisions are not guides. */
const PAGES = readdirSync(join(project, "docs"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md") && !/^(vendors|decisions)\//.test(name))
  .map((name) => `docs/${name}`);

const blocks = ["README.md", ...PAGES].flatMap(commandBlocks);

it("is run by a test, or has a reason why not", () => {
  const neither = blocks.filter(({ file, notRun }) => notRun === undefined && !GUIDES.some((guide) => guide === file));
  expect(neither.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  expect(blocks.filter(({ notRun }) => notRun === undefined).length).toBeGreaterThan(7);
});

it("has a readable reason", () => {
  for (const { notRun, file, line } of blocks) {
    if (notRun !== undefined)
      expect({ at: `${file}:${line}`, notRun }).toMatchObject({ notRun: expect.stringMatching(/\w+ \w+/) });
  }
});

it("is in a fenced block of a shell language", () => {
  const loose = ["README.md", ...PAGES].flatMap((file) =>
    readFileSync(join(project, file), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        /^ {4}(\$ )?(npx|npm|relay|cdktf|terraform|tofu|aws|gh|git|curl|export|cd|node) /.test(line)
          ? [`${file}:${index + 1}`]
          : [],
      )
      .filter(
        (at) => !blocks.some((block) => at.startsWith(`${block.file}:`) && within(at, block.line, block.commands)),
      ),
  );
  expect(loose).toEqual([]);
});

it("locks the AWS provider before docs/aws.md applies anything", () => {
  const commands = blocks.filter(({ file }) => file === "docs/aws.md").flatMap((block) => block.commands);
  const order = [/ providers lock .*hashicorp\/aws$/, / stacks\/\.terraform\.lock\.hcl$/, / cdktf apply /].map(
    (wanted) => commands.findIndex((command) => wanted.test(command)),
  );
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((one, other) => one - other));
});

/** Continued lines of a fenced block are indented too. */
function within(at: string, line: number, commands: readonly string[]): boolean {
  const number = Number(at.split(":").at(-1));
  return number > line && number <= line + commands.length + 8;
}
