import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { readAnswers } from "../../../src/features/init/answers";
import { companyFiles, generatedFiles, IGNORED } from "../../../src/features/init/files";
import { runRelay } from "../../support/relay";

const ROOT = resolve(__dirname, "../../..");
const ours = (path: string) => readFileSync(join(ROOT, path), "utf8");
const AWS = ["--account", "999988887777", "--staging-account", "666655554444", "--region", "eu-central-1"];
const COMPANY = ["--company", "Acme & Sons", "--repository", "acme/surveys", "--gladly-url", "https://acme.gladly.com"];

let folder: string;
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-"));
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const at = (path: string) => readFileSync(join(folder, path), "utf8");
const relay = (...args: readonly string[]) => runRelay(args);

describe("this project's repository", () => {
  it.each(Object.keys(generatedFiles()).filter((path) => path !== ".gitignore"))(
    "has the same %s as init creates, except for the imported name",
    (path) => {
      const made = generatedFiles("5f0c1d4e-7a52-4e0c-9d3b-6f1f5b2a9c11")[path];
      expect(made).toBe(ours(path).replace('"../src/index"', '"gladly-stella-relay"'));
    },
  );

  it("ignores the files that init adds to .gitignore", () => {
    const lines = ours(".gitignore").split("\n");
    expect(IGNORED.filter((line) => !lines.includes(line))).toEqual([]);
  });
});

describe("relay init", () => {
  it("creates only the sandbox without an account, and lists every file", async () => {
    const { code, out } = await relay("init", folder, "--yes");
    expect(code).toBe(0);
    expect(out.split("\n").sort()).toEqual(
      [
        "",
        ...[...Object.keys(generatedFiles()), "README.md", "package.json", "stacks/environments/sandbox.ts"].map(
          (path) => `created  ${path}`,
        ),
      ].sort(),
    );
    expect(at("stacks/environments/sandbox.ts")).toContain('from "gladly-stella-relay/environment"');
  });

  it("writes the company's answers into its environments, and no value of the samples", async () => {
    expect((await relay("init", folder, "--yes", ...AWS, ...COMPANY, "--email", "team@acme.com")).code).toBe(0);
    const [staging, production] = ["staging", "production"].map((name) => at(`stacks/environments/${name}.ts`));
    expect(staging).toContain('account: "666655554444"');
    expect(production).toContain('account: "999988887777"');
    for (const text of [staging ?? "", production ?? ""]) {
      expect(text).toContain('region: "eu-central-1"');
      expect(text).toContain('repository: "acme/surveys"');
      expect(text).not.toMatch(/111122223333|444455556666|us-east-1|survey-(team|oncall)@|\.\.\/src/);
      expect(text).not.toMatch(/^ *domain:/m);
    }
    expect(JSON.parse(at("package.json"))).toMatchObject({ name: "acme-sons-customer-surveys", private: true });
  });

  it("creates valid environments", () => {
    const answers = { ...SAMPLE, account: "999988887777" };
    for (const [path, text] of Object.entries(companyFiles(answers, "1.2.3"))) {
      if (!/(staging|production)\.ts$/.test(path)) continue;
      const code = text
        .replace(/^import .*$/m, "")
        .replace("export default", "return")
        .replace(/ satisfies \w+;/, ";");
      expect(EnvironmentSchema.safeParse(new Function(code)()).error?.issues ?? []).toEqual([]);
    }
  });

  it("never overwrites, and adds what is missing when it is run again", async () => {
    writeFileSync(join(folder, "package.json"), '{ "name": "mine" }');
    await relay("init", folder, "--yes");
    const { out } = await relay("init", folder, "--yes", ...AWS);
    expect(at("package.json")).toBe('{ "name": "mine" }');
    expect(out).toContain("kept     package.json (exists already)");
    expect(out.split("\n").filter((line) => line.startsWith("created"))).toEqual([
      "created  stacks/environments/production.ts",
      "created  stacks/environments/staging.ts",
    ]);
  });

  it("writes to the project's root from a subfolder", async () => {
    await relay("init", folder, "--yes");
    process.chdir(join(folder, "stacks/environments"));
    const { code, out } = await relay("init", "--yes", ...AWS);
    expect(code).toBe(0);
    expect(out).toContain("created  stacks/environments/production.ts");
    expect(readdirSync(join(folder, "stacks")).sort()).toEqual(["environments", "main.ts"]);
    expect(readdirSync(join(folder, "stacks/environments")).sort()).toEqual([
      "production.ts",
      "sandbox.ts",
      "staging.ts",
    ]);
  });

  it.each([
    [["--account", "12"], '--account takes 12 digits, not "12".'],
    [["--gladly-url", "http://x"], "--gladly-url takes an address such as https://example.gladly.com"],
    [["--region", "mars"], "--region takes a Region such as us-east-1"],
    [["--repository", "x"], "--repository takes owner/name"],
  ])("refuses %j with a message and writes nothing", async (args, words) => {
    const { code, err } = await relay("init", join(folder, "new"), "--yes", ...args);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(existsSync(join(folder, "new"))).toBe(false);
  });

  it("says why it cannot write", async () => {
    writeFileSync(join(folder, "file"), "");
    const { code, err } = await relay("init", join(folder, "file"), "--yes");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^relay init: .*file cannot be written: (a part of the path is not a folder|it exists already)\.\n$/,
    );
  });

  it("asks on a terminal, again after an invalid answer, and nothing about AWS without an account", async () => {
    const typed = ["Acme", "12", ""];
    const asked: string[] = [];
    const ask = async (text: string) => {
      asked.push(text);
      return typed.shift() ?? "";
    };
    const answers = await readAnswers({ positionals: [], values: {} }, ask);
    expect(answers).toMatchObject({ company: "Acme" });
    expect(answers.account).toBeUndefined();
    expect(asked).toHaveLength(3);
    expect(asked[2]).toBe("Please give 12 digits: ");
  });
});

describe("relay upgrade", () => {
  const WORKFLOW = ".github/workflows/plan.yml";

  beforeEach(async () => {
    await relay("init", folder, "--yes");
    process.chdir(join(folder, "stacks"));
  });

  /** Writes a file as an older version of the package did. */
  function older(path: string, text: string): void {
    writeFileSync(join(folder, path), text);
    const record = JSON.parse(at(".relay-init.json"));
    const { digestOf } = jest.requireActual<typeof import("../../../src/features/init/record")>(
      "../../../src/features/init/record",
    );
    record.files[path] = digestOf(text);
    writeFileSync(join(folder, ".relay-init.json"), JSON.stringify(record));
  }

  it("changes nothing when every file is current", async () => {
    const { code, out, err } = await relay("upgrade");
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toMatch(/^Every file is up to date with version /);
  });

  it("updates a file of an older version, and shows the difference", async () => {
    older(WORKFLOW, "name: Old\n");
    const { out } = await relay("upgrade");
    expect(out).toContain(`updated ${WORKFLOW}\n--- a/${WORKFLOW}`);
    expect(out).toContain("-name: Old");
    expect(at(WORKFLOW)).toBe(ours(WORKFLOW));
    expect((await relay("upgrade")).out).toBe("");
    // It was run in stacks/.
    expect(readdirSync(join(folder, "stacks")).sort()).toEqual(["environments", "main.ts"]);
  });

  it("does not change a file that someone edited, and says so", async () => {
    writeFileSync(join(folder, WORKFLOW), "name: Mine\n");
    const { code, out } = await relay("upgrade");
    expect(code).toBe(0);
    expect(out).toContain(`not updated, because you edited it: ${WORKFLOW}\n`);
    expect(at(WORKFLOW)).toBe("name: Mine\n");
  });

  it("adds missing lines to .gitignore and keeps yours, keeps the project's id, and restores a missing file", async () => {
    const id = JSON.parse(at("cdktf.json")).projectId;
    writeFileSync(join(folder, ".gitignore"), "mine/\nnode_modules/");
    rmSync(join(folder, WORKFLOW));
    const { out } = await relay("upgrade");
    expect(out).toContain(`created ${WORKFLOW}`);
    expect(at(".gitignore").split("\n").slice(0, 2)).toEqual(["mine/", "node_modules/"]);
    expect(at(".gitignore")).toContain("planned/\n");
    expect(JSON.parse(at("cdktf.json")).projectId).toBe(id);
  });

  it("writes nothing with --dry-run", async () => {
    older(WORKFLOW, "name: Old\n");
    const { out } = await relay("upgrade", "--dry-run");
    expect(out).toContain(`would update ${WORKFLOW}`);
    expect(at(WORKFLOW)).toBe("name: Old\n");
  });

  it("says outside a project how to create one", async () => {
    process.chdir(tmpdir());
    const { code, err } = await relay("upgrade");
    expect(code).toBe(1);
    expect(err).toContain("`npx relay init` creates a project");
  });
});

const SAMPLE = {
  company: "Acme",
  stagingAccount: "666655554444",
  region: "eu-central-1",
  gladlyUrl: "https://acme.gladly.com",
  gladlyStagingUrl: "https://acme.gladly.qa",
  gladlyUser: "relay@acme.com",
  email: "team@acme.com",
  repository: "acme/surveys",
};
