import markdownIt from "markdown-it";
import { FINDINGS, type FindingId } from "../../src/report/catalogue";
import { code, type Finding, type Report } from "../../src/report/report";
import { FORMATS, render } from "../../src/report/reporters";
import { MARKDOWN_LIMIT, markdownReport } from "../../src/report/reporters/markdown";

const finding = (change: Partial<Finding> = {}): Finding => ({
  id: "webhook-renamed",
  severity: "warning",
  title: "The webhook is switched off",
  ...change,
});

const report = (change: Partial<Report> = {}): Report => ({
  title: "sandbox: 1 change",
  lead: [],
  findings: [],
  blocks: [],
  data: { environment: "sandbox" },
  ...change,
});

const plain = { colour: false };

describe("a report", () => {
  it("shows the most severe finding first in every format", () => {
    const findings = [
      finding({ title: "Mild", severity: "info" }),
      finding({ title: "Grave", severity: "critical" }),
      finding({ title: "Middling" }),
    ];
    for (const format of FORMATS) {
      const text = render(report({ findings }), format, plain);
      const places = ["Grave", "Middling", "Mild"].map((title) => text.indexOf(title));
      expect({ format, places }).toEqual({ format, places: [...places].sort((a, b) => a - b) });
      expect(places).not.toContain(-1);
    }
  });

  it("has equal bytes for equal reports", () => {
    const one = report({ findings: [finding()], blocks: [{ kind: "text", text: "words" }] });
    for (const format of FORMATS) expect(render(one, format, plain)).toBe(render(one, format, plain));
  });
});

describe("a report on a terminal", () => {
  it("colours only if asked to", () => {
    const grave = report({ findings: [finding({ severity: "critical" })] });
    expect(render(grave, "terminal", { colour: true })).toContain("\u001b[31m");
    expect(render(grave, "terminal", plain)).not.toContain("\u001b[");
  });

  it("shows external names without control characters", () => {
    const name = "evil\u001b[2J\u202egnp.exe\nsecond line";
    const text = render(
      report({
        title: name,
        findings: [finding({ title: name, resource: name })],
        blocks: [{ kind: "text", text: name }],
      }),
      "terminal",
      plain,
    );
    for (const character of ["\u001b", "\u202e"]) expect(text).not.toContain(character);
    expect(text).not.toMatch(/^second line/m);
  });

  it("aligns table columns, and numbers to the right", () => {
    const table = {
      kind: "table",
      headings: ["reason", "closes"],
      rows: [
        ["eligible", "1,204"],
        ["no-agent", "7"],
      ],
      numbers: [1],
    } as const;
    const lines = render(report({ blocks: [table] }), "terminal", plain).split("\n");
    expect(lines).toContain("  reason    closes");
    expect(lines).toContain("  no-agent       7");
  });

  it("shows only the summary of a folded part, and all of an open part", () => {
    const details = (open: boolean) =>
      render(
        report({
          blocks: [{ kind: "details", summary: "the queue", open, blocks: [{ kind: "text", text: "inside" }] }],
        }),
        "terminal",
        plain,
      );
    expect(details(false)).not.toContain("inside");
    expect(details(true)).toContain("inside");
  });
});

describe("a long report on a terminal", () => {
  const closed = (summary: string) => ({ kind: "details" as const, summary, open: false, blocks: [] });

  it("counts closed parts instead of listing them, but shows open ones", () => {
    const open = { ...closed("the open one"), open: true, blocks: [{ kind: "text" as const, text: "inside" }] };
    const many = ["one", "two", "three", "four"].map((name) => closed(`part ${name}`));
    const text = render(report({ blocks: [...many, open, closed("the last")] }), "terminal", plain);
    expect(text).toContain("… and 4 folded parts");
    expect(text).not.toContain("part one");
    expect(text).toMatch(/the open one\ninside[\s\S]*the last/);
  });

  it("shows names in cells and summaries without code marks", () => {
    const table = { kind: "table", headings: ["name"], rows: [["`a.b`"]] } as const;
    const text = render(report({ blocks: [table, closed("`c.d` goes")] }), "terminal", plain);
    expect(text).toContain("  a.b\n");
    expect(text).toContain("c.d goes");
  });
});

describe("a report in Markdown", () => {
  it("shows external names as plain text", () => {
    const name = "<script>*x* [a](http://b) @octocat #12 | ~~y~~ www.example.com";
    const text = markdownReport(report({ title: name, blocks: [{ kind: "list", items: [name] }] }));
    expect(text).not.toContain("<script>");
    expect(text).not.toMatch(/(?<!\\)\*x/);
    expect(text).not.toMatch(/(?<!\\)\[a/);
    expect(text).not.toContain("@octocat");
    expect(text).not.toContain("#12");
    expect(text).not.toContain("http://");
    expect(text).not.toContain("www.example");
  });

  it("keeps code as code, and a bar in a cell as a bar", () => {
    const text = markdownReport(
      report({ blocks: [{ kind: "table", headings: ["name"], rows: [[`${code("a|b*c`d")}`]] }] }),
    );
    expect(text).toContain("| `a\\|b*c'd` |");
  });

  it("fences code longer than any fence within", () => {
    const text = markdownReport(report({ blocks: [{ kind: "code", language: "text", text: "```\n</details>\n```" }] }));
    expect(text).toContain("````text\n```");
  });

  it("drops folded parts from the end when it is too long, keeps findings, and says so", () => {
    const details = Array.from({ length: 40 }, (_, index) => ({
      kind: "details" as const,
      summary: `resource ${index}`,
      open: index === 39,
      blocks: [{ kind: "text" as const, text: "x".repeat(3000) }],
    }));
    const text = markdownReport(report({ findings: [finding()], blocks: details }));
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(text).toContain("The webhook is switched off");
    expect(text).toContain("too long for a comment");
    expect(text).toContain("resource 0<");
    expect(text).toContain("resource 39<");
    expect(text).not.toContain("resource 38<");
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it("stays below the limit for any input, and keeps the start of the table and the next step", () => {
    const ids = Object.keys(FINDINGS) as FindingId[];
    const findings = ids.flatMap((id) =>
      Array.from({ length: 20 }, (_, index) => finding({ id, title: `${index} ${"y".repeat(400)}` })),
    );
    const rows = Array.from({ length: 5000 }, (_, index) => [`row ${index}`]);
    const blocks = [
      { kind: "table", headings: ["name"], rows } as const,
      { kind: "code", language: "sh", text: "npx cdktf apply production" } as const,
    ];
    const text = markdownReport(report({ findings, blocks }), { whole: "[The whole report](https://example.com)" });
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(text).toContain("| row 19 |");
    expect(text).toContain("… and 4,980 more");
    expect(text).toContain("npx cdktf apply production");
    expect(text).toContain("[The whole report](https://example.com).");
  });

  it("shows a few of many findings of one kind, and the number and resources of the rest", () => {
    const findings = Array.from({ length: 1000 }, (_, index) =>
      finding({ title: `t${index}`, resource: `a.b${index}` }),
    );
    for (const format of ["terminal", "markdown", "github"] as const) {
      const text = render(report({ findings }), format, plain);
      expect(text).toContain("t7");
      expect(text).not.toContain("t8");
      expect(text).toMatch(/992 more findings? of the same kind/);
      expect(text).toContain("a.b8");
    }
    expect(JSON.parse(render(report({ findings }), "json", plain)).findings).toHaveLength(1000);
  });
});

/** Markdown as GitHub renders it: with HTML, and with links for addresses. */
const github = markdownIt({ html: true, linkify: true });
github.linkify.set({ fuzzyLink: false });

describe("a report in Markdown, rendered", () => {
  const hostile = [
    "</summary></details><h1>I speak</h1>",
    "@octocat fixed GH-12 and #7 in 0123456789abcdef0123456789abcdef01234567",
    "ftp://example.com/x https://example.com www.example.com mailto:a@example.com",
    ":smile: :+1:",
    "<img src=x onerror=alert(1)> &lt;b&gt;",
    "`unclosed <b>",
    "```",
    "| a | b |",
    "[a](javascript:x) ![b](https://example.com/b.png)",
    "1. one",
    "- one",
    "=== ---",
  ];
  /** The visible text without code, which GitHub never links. */
  const seen = (rendered: string) => rendered.replace(/<code>[\s\S]*?<\/code>/g, "");

  it.each(hostile)("shows a name without formatting, links or mentions: %s", (name) => {
    for (const shown of [name, code(name)]) {
      const blocks = [
        { kind: "details", summary: `${shown} is updated`, open: false, blocks: [{ kind: "text", text: shown }] },
        { kind: "table", headings: [shown], rows: [[shown]] },
        { kind: "list", items: [shown] },
      ] as const;
      const text = markdownReport(
        report({ title: shown, lead: [shown], findings: [finding({ title: shown, resource: name })], blocks }),
      );
      const rendered = github.render(text);
      expect(rendered).not.toMatch(/<(h1|img|script|a|b)\b/);
      expect(rendered.match(/<details/g)).toHaveLength(1);
      expect(rendered.match(/<\/summary>/g)).toHaveLength(1);
      expect(seen(rendered)).not.toMatch(/@octocat|GH-12|#7|[0-9a-f]{7}|\w:\/\/|www\.|:smile:|:\+1:/);
    }
  });

  it("shows code in a summary as code", () => {
    const blocks = [{ kind: "details", summary: '`a.b["<c>"]` is updated', open: false, blocks: [] }] as const;
    expect(github.render(markdownReport(report({ blocks })))).toContain(
      '<summary><code>a.b["&lt;c&gt;"]</code> is updated</summary>',
    );
  });
});

describe("a report as annotations", () => {
  it("is one workflow command per finding, with level and file, and no text can start another command", () => {
    const findings = [
      finding({ severity: "critical", file: "stacks/environments/production.ts", detail: "100%\n::error::not mine" }),
    ];
    const text = render(report({ findings }), "github", plain);
    expect(text).toBe(
      "::error file=stacks/environments/production.ts,title=The webhook is switched off::100%25%0A::error::not mine (webhook-renamed)\n",
    );
  });
});

describe("a report for machines", () => {
  it("has version, title, data and findings", () => {
    expect(JSON.parse(render(report({ findings: [finding()] }), "json", plain))).toEqual({
      version: 1,
      title: "sandbox: 1 change",
      environment: "sandbox",
      findings: [finding()],
    });
  });
});
