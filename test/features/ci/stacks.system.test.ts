import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import production from "../../../stacks/environments/production";
import staging from "../../../stacks/environments/staging";
import { accountOf, foundation, json, type Sample } from "../../deploy/stacks/samples";
import { runRelay } from "../../support/relay";

const stacks = (...args: readonly string[]) => runRelay(["ci", "stacks", ...args]);

const rows = (text: string): readonly Record<string, string>[] => JSON.parse(text).include;
const names = async (...args: readonly string[]) =>
  rows((await stacks(...args, "--json")).out).map(({ environment }) => environment);

describe("relay ci stacks", () => {
  it("lists only the environments on AWS", async () => {
    expect(await names()).toEqual(["production", "staging"]);
    expect(await names("staging")).toEqual(["staging"]);
    expect((await stacks("sandbox")).err).toContain('no environment "sandbox" on AWS; there are: production, staging');
  });

  it.each<Sample>(["staging", "production"])("names the roles that the foundation creates for %s", async (sample) => {
    const made = Object.values(json(foundation(accountOf(sample))).resource.aws_iam_role ?? {}).map(
      ({ name, path }) => `arn:aws:iam::${accountOf(sample).id}:role${path}${name}`,
    );
    const [row] = rows((await stacks(sample, "--json")).out);
    expect([row?.plan_role, row?.apply_role].sort()).toEqual([...made].sort());
    expect(row?.region).toBe(accountOf(sample).region);
  });

  it("writes one line per output for GitHub, with a flag for an empty matrix, which GitHub refuses", async () => {
    const { out } = await stacks("staging", "--github");
    expect(out).toMatch(/^stacks=\{"include":\[\{.*\}\]\}\nany=true\nnames=staging\nremoved=\nunretired=\n$/);
    const empty = mkdtempSync(join(tmpdir(), "no-plans-"));
    expect((await stacks("--planned", empty, "--github")).out).toBe(
      'stacks={"include":[]}\nany=false\nnames=\nremoved=\nunretired=\n',
    );
    rmSync(empty, { recursive: true });
  });

  it("lists only those whose plan changes something: a resource, an import, a move or an output", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plans-"));
    const sides = { before: null, after: null, after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
    const plan = (environment: string, content: object) => {
      mkdirSync(join(folder, environment), { recursive: true });
      writeFileSync(join(folder, environment, "plan.json"), JSON.stringify({ format_version: "1.2", ...content }));
    };
    const resource = (change: object, more: object = {}) => ({
      resource_changes: [
        { address: "a.b", mode: "managed", type: "a", name: "b", ...more, change: { ...sides, ...change } },
      ],
    });
    plan("staging", resource({ actions: ["no-op"] }));
    for (const [changed, content] of [
      [true, resource({ actions: ["update"] })],
      [true, resource({ actions: ["delete", "create"] })],
      [true, resource({ actions: ["forget"] })],
      [true, resource({ actions: ["no-op"], importing: { id: "1" } })],
      [true, resource({ actions: ["no-op"] }, { previous_address: "a.c" })],
      [true, { output_changes: { a: { ...sides, actions: ["update"] } } }],
      [false, { output_changes: { a: { ...sides, actions: ["no-op"] } } }],
      [false, resource({ actions: ["read"] }, { mode: "data" })],
      [false, {}],
    ] as const) {
      plan("production", content);
      expect({ content, found: await names("--planned", folder) }).toEqual({
        content,
        found: changed ? ["production"] : [],
      });
    }
    writeFileSync(join(folder, "production/plan.json"), "{");
    expect((await stacks("--planned", folder)).err).toMatch(
      /plan\.json is not a plan as `terraform show -json` prints it/,
    );
    rmSync(folder, { recursive: true });
  });
});

describe("relay ci stacks --changed-since", () => {
  let repository: string;
  const here = process.cwd();
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: repository });
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(repository, file, ".."), { recursive: true });
      writeFileSync(join(repository, file), text);
    }
  };
  const commit = () => {
    git("add", "--all");
    git("commit", "-q", "-m", "a change");
  };
  const environment = (name: string, more: object = {}) =>
    JSON.stringify({ ...JSON.parse(JSON.stringify(name.startsWith("staging") ? staging : production)), name, ...more });
  /** `production` imports its policy from another file, as a person may write it. */
  const BASE = {
    "stacks/environments/staging.ts": `export default ${environment("staging")};\n`,
    "stacks/environments/production.ts": `import common from "./shared/common";\nexport default { ...${environment("production")}, policy: common };\n`,
    "stacks/environments/shared/common.ts": "export default { brand: 'Acme' };\n",
    "docs/aws.md": "a page\n",
  };
  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), "changes-"));
    git("init", "-q");
    write(BASE);
    commit();
    process.chdir(repository);
  });
  afterEach(() => {
    process.chdir(here);
    rmSync(repository, { recursive: true });
  });
  async function since(...args: readonly string[]) {
    const env = { RELAY_ENVIRONMENTS: join(repository, "stacks/environments") };
    const { code, out, err } = await runRelay(["ci", "stacks", "--changed-since", ...args, "--github"], env);
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(out)?.[1];
    return { code, err, names: value("names"), removed: value("removed"), unretired: value("unretired") };
  }

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "one environment",
      { "stacks/environments/staging.ts": `export default ${environment("staging", { topic: { name: "other" } })};\n` },
      "staging",
    ],
    [
      "a comment only",
      { "stacks/environments/staging.ts": `// a comment\nexport default ${environment("staging")};\n` },
      "",
    ],
    [
      "a file that an environment imports",
      { "stacks/environments/shared/common.ts": "export default { brand: 'Other' };\n" },
      "production",
    ],
    ["documents and tests", { "docs/aws.md": "other\n", "test/a.test.ts": "other\n", "CHANGELOG.md": "other\n" }, ""],
    ["the code of every stack", { "src/deploy/constructs/event queue.ts": "other\n" }, "production staging"],
    ["a package", { "package-lock.json": "{}\n" }, "production staging"],
    ["workflows, which no stack uses", { ".github/workflows/plan.yml": "other\n" }, ""],
  ])("compares the environments before and after: %s", async (_, files, touched) => {
    write(files);
    commit();
    expect(await since("HEAD^1")).toMatchObject({ code: 0, names: touched, removed: "" });
  });

  it("treats a renamed environment as a new one to plan and an old one to retire first", async () => {
    git("mv", "stacks/environments/staging.ts", "stacks/environments/staging-eu.ts");
    write({ "stacks/environments/staging-eu.ts": `export default ${environment("staging-eu")};\n` });
    commit();
    const found = await since("HEAD^1");
    expect(found).toMatchObject({ names: "staging-eu", removed: "staging", unretired: "staging" });
    expect(found.err).toContain(
      "environment staging has no file any more. What it deployed stays, and no plan shows it. First set `retired: true`",
    );
  });

  it.each<[string, object, string]>([
    ["that was not retired", {}, "staging"],
    ["that was retired", { retired: true }, ""],
    ["whose resources Terraform may delete, because Gladly posts to Stella itself", { delivery: "direct" }, ""],
  ])("names an environment that is removed %s", async (_, more, unretired) => {
    write({ "stacks/environments/staging.ts": `// earlier\nexport default ${environment("staging", more)};\n` });
    commit();
    git("rm", "-q", "stacks/environments/staging.ts");
    commit();
    const found = await since("HEAD^1");
    expect(found).toMatchObject({ code: 0, names: "", removed: "staging", unretired });
    expect(found.err).toContain("npx cdktf destroy staging");
    expect(found.err.includes("retired: true")).toBe(unretired !== "");
  });

  it("treats an environment that moves from AWS to one machine as removed", async () => {
    const local = { relay: { on: "local", url: "http://127.0.0.1:4630" } };
    write({ "stacks/environments/staging.ts": `export default ${environment("staging", local)};\n` });
    commit();
    expect(await since("HEAD^1")).toMatchObject({ names: "", removed: "staging", unretired: "staging" });
  });

  it("compares a project in a subfolder of its repository", async () => {
    write({ "stacks/environments/staging.ts": `export default ${environment("staging")};\n`, "apps/readme.md": "a\n" });
    git("mv", "stacks", "apps/");
    write({ "apps/cdktf.json": "{}\n" });
    commit();
    write({ "apps/stacks/environments/shared/common.ts": "export default { brand: 'Other' };\n" });
    commit();
    process.chdir(join(repository, "apps/stacks"));
    const { code, out } = await stacks("--changed-since", "HEAD^1", "--github");
    expect(code).toBe(0);
    expect(out).toContain("\nnames=production\n");
  });

  it("treats everything as changed if the base cannot be read, and still lists removed environments", async () => {
    write({ "stacks/environments/pilot.ts": "then" });
    commit();
    git("rm", "-q", "stacks/environments/pilot.ts");
    commit();
    expect(await since("HEAD^1")).toMatchObject({ names: "production staging", removed: "pilot", unretired: "pilot" });
  });

  it("leaves no git worktree behind", async () => {
    await since("HEAD");
    expect(git("worktree", "list").toString().trim().split("\n")).toHaveLength(1);
  });

  it("says what a clone without history needs, and does not accept an option as a commit", async () => {
    expect((await stacks("--changed-since", "nosuch")).err).toMatch(/since nosuch: .*fetch-depth: 2/s);
    expect((await stacks("--changed-since=--output=stolen")).code).toBe(1);
  });
});
