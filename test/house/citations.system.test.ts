/** Citations in code, tests and pages exist: the file, its section, and every relative link of a page. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const project = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(project, file), "utf8");

const tracked = execFileSync("git", ["ls-files"], { cwd: project, encoding: "utf8" }).split("\n");
const files = tracked.filter(
  (file) =>
    /\.(ts|mjs|cjs|md|tf|yml|yaml|json)$/.test(file) &&
    !/^package-lock|\/generated\/|\/plans\/|\/golden\/|^test\/house\//.test(file) &&
    existsSync(join(project, file)),
);

interface Citation {
  readonly where: string;
  readonly page: string;
  readonly kind: string | undefined;
  readonly numbers: readonly string[];
}

const CITATION =
  /docs\/vendors\/([a-z-]+\.md)(?:,? (section|step|trap)s? (\d+(?:\.\d+)*(?:(?:, | and )(?:section )?\d+(?:\.\d+)*)*))?/g;

function citationsOf(file: string): readonly Citation[] {
  // A citation may span two lines of a comment.
  const text = read(file).replace(/\n\s*(?:\*|\/\/|#)?\s*/g, " ");
  return [...text.matchAll(CITATION)].map(([, page = "", kind, list = ""]) => ({
    where: file,
    page: `docs/vendors/${page}`,
    kind,
    numbers: list.match(/\d+(?:\.\d+)*/g) ?? [],
  }));
}

function headingsOf(page: string): string {
  return read(page)
    .split("\n")
    .filter((line) => /^(#+ |\*\*(Step|Trap) |\d+\. |\| \d+ \|)/.test(line))
    .join("\n");
}

function problem({ where, page, kind, numbers }: Citation): string | undefined {
  if (!existsSync(join(project, page))) return `${where} cites ${page}, which does not exist`;
  const headings = headingsOf(page);
  const missing = numbers.find((number) => {
    const escaped = number.replaceAll(".", "\\.");
    if (kind === "step") return !new RegExp(`^(#+|\\*\\*)\\s*Step ${escaped}\\b`, "m").test(headings);
    if (kind === "trap")
      return !new RegExp(`^(${escaped}\\. |\\| ${escaped} \\||#+ Trap ${escaped}\\b)`, "m").test(headings);
    return !new RegExp(`^#+ ${escaped}[. ]`, "m").test(headings);
  });
  return missing === undefined ? undefined : `${where} cites ${page} ${kind} ${missing}, which does not exist`;
}

const citations = files.flatMap(citationsOf);

describe("citations", () => {
  it("of vendor pages name an existing page and section", () => {
    expect(citations.length).toBeGreaterThan(100);
    expect(citations.map(problem).filter((found) => found !== undefined)).toEqual([]);
  });

  it.each([
    ["a page", { where: "x", page: "docs/vendors/nowhere.md", kind: undefined, numbers: [] }],
    ["a section", { where: "x", page: "docs/vendors/gladly-api.md", kind: "section", numbers: ["6", "99"] }],
    ["a step", { where: "x", page: "docs/vendors/vendor-guide.md", kind: "step", numbers: ["9"] }],
  ])("of %s that does not exist are found", (_, wrong) => {
    expect(problem(wrong)).toContain("does not exist");
  });

  it("name no document from outside this repository", () => {
    const outside =
      /(?<![\w/])(?:facts\/[a-z-]+\.|shared\/|design\.md|design, section|the design's|\(facts, (?:trap|section) )/;
    expect(files.filter((file) => outside.test(read(file)))).toEqual([]);
  });

  it("of decisions name an existing one", () => {
    const decisions = tracked.filter((file) => file.startsWith("docs/decisions/")).map((file) => file.slice(15, 19));
    const cited = files.flatMap((file) =>
      [...read(file).matchAll(/docs\/decisions\/(\d{4})/g)].map(([, number]) => ({ file, number })),
    );
    expect(cited.filter(({ number }) => !decisions.includes(number ?? ""))).toEqual([]);
  });

  it("of files in this repository name an existing one", () => {
    const paths = /(?<![\w./@-])((?:src|test|stacks|scripts|docs|bin)\/[\w./-]+\.(?:ts|mjs|cjs|md|yaml|tf|png|svg))\b/g;
    const prose = (file: string) =>
      file.endsWith(".md") ? read(file) : (read(file).match(/^\s*(?:\/\*\*|\*|\/\/|#).*$/gm) ?? []).join("\n");
    const missing = files
      .filter((file) => !/^CHANGELOG|^docs\/(decisions|vendors)/.test(file))
      .flatMap((file) => [...prose(file).matchAll(paths)].map(([, path = ""]) => ({ file, path })))
      .filter(({ path }) => !existsSync(join(project, path)));
    expect(missing).toEqual([]);
  });

  it("in the links of a page have an existing target", () => {
    const broken = files
      .filter((file) => file.endsWith(".md"))
      .flatMap((file) =>
        [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => ({
          file,
          link,
        })),
      )
      .filter(({ file, link }) => !existsSync(resolve(project, dirname(file), link)));
    expect(broken).toEqual([]);
  });
});
