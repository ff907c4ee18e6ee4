import { code, type Finding, type Report } from "../../src/report/report";
import { FORMATS, render } from "../../src/report/reporters";
import { MARKDOWN_LIMIT, markdownReport } from "../../src/report/reporters/markdown";

const finding = (change: Partial<Finding> = {}): Finding => ({
  id: "webhook-off",
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

  it("is the same bytes for the same report", () => {
    const one = report({ findings: [finding()], blocks: [{ kind: "text", text: "words" }] });
    for (const format of FORMATS) expect(render(one, format, plain)).toBe(render(one, format, plain));
  });
});

describe("a report on a terminal", () => {
  it("colours only where it is told to", () => {
    const grave = report({ findings: [finding({ severity: "critical" })] });
    expect(render(grave, "terminal", { colour: true })).toContain("\u001b[31m");
    expect(render(grave, "terminal", plain)).not.toContain("\u001b[");
  });

  it("lets no name from outside steer it", () => {
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

  it("aligns tables in columns and numbers to the right", () => {
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

  it("shows a folded part's summary only, and an open part whole", () => {
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

  it("counts closed parts instead of naming each, and still shows an open one among them", () => {
    const open = { ...closed("the open one"), open: true, blocks: [{ kind: "text" as const, text: "inside" }] };
    const many = ["one", "two", "three", "four"].map((name) => closed(`part ${name}`));
    const text = render(report({ blocks: [...many, open, closed("the last")] }), "terminal", plain);
    expect(text).toContain("… and 4 folded parts");
    expect(text).not.toContain("part one");
    expect(text).toMatch(/the open one\ninside[\s\S]*the last/);
  });

  it("shows names in cells and summaries without their marks as code", () => {
    const table = { kind: "table", headings: ["name"], rows: [["`a.b`"]] } as const;
    const text = render(report({ blocks: [table, closed("`c.d` goes")] }), "terminal", plain);
    expect(text).toContain("  a.b\n");
    expect(text).toContain("c.d goes");
  });
});

describe("a report in Markdown", () => {
  it("shows names from outside as they are, and lets them do nothing", () => {
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

  it("leaves folded parts out from the end when it is too long, keeps findings, and says so", () => {
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

  it("stays below the limit whatever it is given", () => {
    const findings = Array.from({ length: 900 }, (_, index) => finding({ title: `${index} ${"y".repeat(100)}` }));
    const rows = Array.from({ length: 5000 }, (_, index) => [`row ${index}`]);
    const text = markdownReport(report({ findings, blocks: [{ kind: "table", headings: ["name"], rows }] }));
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(text).toContain("The rest was cut");
  });
});

describe("a report as annotations", () => {
  it("is one workflow command a finding, with its level and file, and no text can begin another", () => {
    const findings = [
      finding({ severity: "critical", file: "stacks/environments/production.ts", detail: "100%\n::error::not mine" }),
    ];
    const text = render(report({ findings }), "github", plain);
    expect(text).toBe(
      "::error file=stacks/environments/production.ts,title=The webhook is switched off::100%25%0A::error::not mine (webhook-off)\n",
    );
  });
});

describe("a report for machines", () => {
  it("holds version, title, data and findings", () => {
    expect(JSON.parse(render(report({ findings: [finding()] }), "json", plain))).toEqual({
      version: 1,
      title: "sandbox: 1 change",
      environment: "sandbox",
      findings: [finding()],
    });
  });
});
