import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../src/commands";
import { accountOf, foundation, json, type Sample } from "../../deploy/stacks/samples";
import { rememberingTerminal } from "../../support/terminal";

async function stacks(...args: readonly string[]) {
  const terminal = rememberingTerminal();
  return { code: await main(["ci", "stacks", ...args], terminal), ...terminal.printed };
}

const rows = (text: string): readonly Record<string, string>[] => JSON.parse(text).include;
const names = async (...args: readonly string[]) =>
  rows((await stacks(...args, "--json")).out).map(({ environment }) => environment);

describe("relay ci stacks", () => {
  it("lists the environments on AWS, and none that is on somebody's machine", async () => {
    expect(await names()).toEqual(["production", "staging"]);
    expect(await names("staging")).toEqual(["staging"]);
    expect((await stacks("sandbox")).err).toContain('no environment "sandbox" on AWS; there are: production, staging');
  });

  it.each<Sample>(["staging", "production"])(
    "names the very roles that the foundation makes for %s",
    async (sample) => {
      const made = Object.values(json(foundation(accountOf(sample))).resource.aws_iam_role ?? {}).map(
        ({ name, path }) => `arn:aws:iam::${accountOf(sample).id}:role${path}${name}`,
      );
      const [row] = rows((await stacks(sample, "--json")).out);
      expect([row?.plan_role, row?.apply_role].sort()).toEqual([...made].sort());
      expect(row?.region).toBe(accountOf(sample).region);
    },
  );

  it("writes one line an output for GitHub, which takes an empty matrix for a mistake", async () => {
    const { out } = await stacks("staging", "--github");
    expect(out).toMatch(/^stacks=\{"include":\[\{.*\}\]\}\nany=true\nremoved=\n$/);
    const empty = mkdtempSync(join(tmpdir(), "no-plans-"));
    expect((await stacks("--planned", empty, "--github")).out).toBe('stacks={"include":[]}\nany=false\nremoved=\n');
    rmSync(empty, { recursive: true });
  });

  it("keeps to those whose plan changes something: a resource, an import, a move or an output", async () => {
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
  beforeAll(() => {
    repository = mkdtempSync(join(tmpdir(), "changes-"));
    git("init", "-q");
    git("commit", "-q", "--allow-empty", "-m", "first");
    process.chdir(repository);
  });
  afterAll(() => {
    process.chdir(here);
    rmSync(repository, { recursive: true });
  });

  it.each([
    ["one environment's file", ["stacks/environments/staging.ts"], ["staging"]],
    ["that and a document", ["stacks/environments/staging.ts", "docs/aws.md", "README.md"], ["staging"]],
    ["documents and tests", ["docs/aws.md", "test/house/imports.system.test.ts", "CHANGELOG.md"], []],
    ["the environment of this machine", ["stacks/environments/sandbox.ts"], []],
    ["the code of every stack", ["src/deploy/constructs/event queue.ts"], ["production", "staging"]],
    ["a package", ["stacks/environments/staging.ts", "package-lock.json"], ["production", "staging"]],
    ["the workflow that plans", [".github/workflows/plan.yml"], ["production", "staging"]],
    ["the workflow that tests", [".github/workflows/test.yml"], []],
  ])("%s", async (_, files, touched) => {
    for (const file of files) {
      mkdirSync(join(repository, file, ".."), { recursive: true });
      writeFileSync(join(repository, file), String(process.hrtime.bigint()));
    }
    git("add", ".");
    git("commit", "-q", "-m", "a change");
    expect(await names("--changed-since", "HEAD^1")).toEqual(touched);
  });

  it("warns of an environment whose file is gone, which no plan tells of", async () => {
    mkdirSync(join(repository, "stacks/environments"), { recursive: true });
    for (const name of ["pilot", "sandbox"]) writeFileSync(join(repository, `stacks/environments/${name}.ts`), "then");
    git("add", ".");
    git("commit", "-q", "-m", "an environment that there is no more");
    const { out, err } = await stacks("--changed-since", "HEAD^1", "--github");
    expect(out).toMatch(/\nany=false\nremoved=pilot\n$/);
    expect(err).toBe(
      "warning: environment pilot has no file any more. What it deployed stays, and no plan tells of it.\n",
    );
  });

  it("says what a clone without history needs, and takes no option for a commit", async () => {
    expect((await stacks("--changed-since", "nosuch")).err).toMatch(/since nosuch: .*fetch-depth: 2/s);
    expect((await stacks("--changed-since=--output=stolen")).code).toBe(1);
  });
});
