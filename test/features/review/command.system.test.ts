import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runRelay } from "../../support/relay";
import { run } from "../../support/run";
import { storedPlan } from "./support/stored-plans";

const project = resolve(__dirname, "../../..");

const folder = mkdtempSync(join(tmpdir(), "review-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(resolve(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const plan = (name: string) => file(`${name}.json`, JSON.stringify(storedPlan(name)));
const goLive = plan("local-go-live");

const relay = (...args: readonly string[]) => runRelay(["review", ...args]);

describe("relay review", () => {
  it("prints the review of a plan on the terminal", async () => {
    const { code, out } = await relay(goLive);
    expect(code).toBe(0);
    expect(out).toContain("sandbox: surveys go to customers");
    expect(out).toContain("npx cdktf apply sandbox");
  });

  it("takes the stack's name from cdktf's folder, from the argument, or from the plan", async () => {
    const inFolder = file("cdktf.out/stacks/rehearsal/plan.json", readFileSync(goLive));
    expect((await relay(inFolder)).out).toMatch(/^rehearsal: /);
    expect((await relay(`other=${inFolder}`)).out).toMatch(/^other: /);
    expect((await relay(file("anywhere.json", readFileSync(goLive)))).out).toMatch(/^sandbox: /);
  });

  it("reads PowerShell's files: UTF-16 of either byte order, and UTF-8 with a byte order mark", async () => {
    const text = `\uFEFF${readFileSync(goLive, "utf8")}`;
    const little = Buffer.from(text, "utf16le");
    for (const content of [little, Buffer.from(little).swap16(), Buffer.from(text, "utf8")]) {
      expect((await relay(file("from-powershell.json", content))).out).toMatch(/^sandbox: surveys go to customers/);
    }
  });

  it("makes one report of several plans", async () => {
    const { out } = await relay(`a=${goLive}`, `b=${plan("local-no-changes")}`, "--json");
    const report = JSON.parse(out);
    expect(report.title).toBe("2 stacks: a: surveys go to customers; b: no changes");
    expect(report.stacks.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    expect(report.findings[0]).toMatchObject({ id: "survey-mode-production", environment: "a" });
  });

  it("fails at the given severity and above", async () => {
    expect((await relay(goLive, "--fail-on", "critical")).code).toBe(2);
    expect((await relay(plan("local-rotation"), "--fail-on", "critical")).code).toBe(0);
    expect((await relay(plan("local-rotation"), "--fail-on", "warning")).code).toBe(2);
  });

  it("writes Markdown with its marker into a file", async () => {
    const out = join(folder, "review.md");
    expect((await relay(goLive, "--format", "markdown", "--out", out)).out).toBe("");
    expect(readFileSync(out, "utf8")).toMatch(/^<!-- relay review -->\n\n## sandbox: surveys go to customers/);
  });

  it("reads a plan from standard input", async () => {
    const script = `node bin/relay.mjs review production=- --json < ${goLive}`;
    const { code, out, err } = await run("sh", ["-c", script], { cwd: project, env: process.env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out).title).toBe("production: surveys go to customers");
  });

  it("reads a plan after OpenTofu's warnings, and shows the warnings", async () => {
    const warning = '\nWarning: Unable to open CLI configuration file\n\nThe file "x.tfrc" does not exist.\n';
    const path = file("tofu.json", `${warning}${readFileSync(goLive, "utf8")}`);
    const { code, out, err } = await relay(`sandbox=${path}`);
    expect({ code, err }).toEqual({
      code: 0,
      err: `${path}: Warning: Unable to open CLI configuration file\nThe file "x.tfrc" does not exist.\n`,
    });
    expect(out).toContain("sandbox: surveys go to customers");
  });

  it("includes the findings of a preview", async () => {
    const preview = file("preview.json", JSON.stringify(previewOf("sandbox")));
    const { code, out } = await relay(goLive, "--preview", preview);
    expect(code).toBe(0);
    expect(out).toContain("Preview of sandbox: of 10 closes in 24 hours 8 would be surveys, to 7 different customers");
  });
});

describe("relay review refuses with a remedy", () => {
  it.each<[string, () => readonly string[], RegExp]>([
    ["a missing file", () => [join(folder, "missing.json")], /there is no such file or folder.*terraform show -json/],
    ["a folder", () => [folder], /is a folder/],
    ["an empty file", () => [file("empty.json", "")], /is empty/],
    ["a file that is not JSON", () => [file("text.json", "Terraform will perform")], /is not JSON/],
    [
      "a plan that was cut off",
      () => [file("cut.json", readFileSync(goLive, "utf8").slice(0, 500))],
      /is cut off or damaged/,
    ],
    [
      "Terraform's own plan file",
      () => [file("plan", Buffer.from("PK\u0003\u0004binary"))],
      /own plan file. Run `terraform show -json/,
    ],
    [
      "the log of a plan",
      () => [file("log.json", '{"@level":"info"}\n{"@level":"info"}')],
      /is the log of `terraform plan -json`/,
    ],
    ["a state", () => [file("state.json", '{"format_version":"1.0","values":{}}')], /is a state, not a plan/],
    ["another document", () => [file("other.json", '{"a":1}')], /is not a plan: format_version/],
    [
      "a plan of another format",
      () => [file("new.json", '{"format_version":"2.0","resource_changes":[]}')],
      /must be of format 1\.x/,
    ],
    ["the same stack twice", () => [goLive, goLive], /two of the plans belong to sandbox/],
    ["standard input twice", () => ["a=-", "b=-"], /standard input can be read only once/],
    [
      "a preview of another environment",
      () => [goLive, "--preview", file("p.json", JSON.stringify(previewOf("other")))],
      /belongs to other, and the review to sandbox/,
    ],
    [
      "a file that is not a preview",
      () => [goLive, "--preview", goLive],
      /is not a preview.*relay preview <environment> --json/,
    ],
    ["an unknown severity", () => [goLive, "--fail-on", "fatal"], /--fail-on takes one of: info, warning, critical/],
    ["an unknown format", () => [goLive, "--format", "html"], /--format takes one of: terminal/],
  ])("%s", async (_what, args, words) => {
    const { code, out, err } = await relay(...args());
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

function previewOf(environment: string): object {
  const tally = { surveys: 8, recorded: 0, leftToStella: 0, refused: 0, skipped: 2, parked: 0 };
  return {
    version: 1,
    kind: "preview",
    environment,
    base: null,
    baseMissing: "there is no other",
    window: { from: "2026-11-21T09:00:00Z", to: "2026-11-22T09:00:00Z" },
    closes: 10,
    duplicates: 0,
    reopenedSince: 0,
    sample: null,
    profiles: { checked: false, why: "no key was given" },
    present: null,
    proposed: {
      surveyMode: "production",
      delivery: "enrich",
      outcomes: [
        { outcome: { kind: "survey-to-customer", reason: "eligible" }, closes: 8 },
        { outcome: { kind: "skipped", reason: "no-agent" }, closes: 2 },
      ],
      surveys: 8,
      customers: 7,
    },
    changes: [],
    contentChanges: [],
    byAgent: [{ name: "Ann", closes: 10, present: null, proposed: tally }],
    byChannel: [{ name: "EMAIL", closes: 10, present: null, proposed: tally }],
  };
}
