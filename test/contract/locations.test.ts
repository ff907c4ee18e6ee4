import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  environmentsFolder,
  outputFolder,
  packageRoot,
  packageVersion,
  projectRoot,
} from "../../src/contract/locations";
import { homeOf } from "../../src/environment";

const ROOT = resolve(__dirname, "../..");

describe("where things are", () => {
  const before = process.cwd();
  const company = realpathSync(mkdtempSync(join(tmpdir(), "company-")));
  const below = join(company, "stacks", "environments");
  beforeAll(() => {
    mkdirSync(below, { recursive: true });
    writeFileSync(join(company, "cdktf.json"), "{}");
  });
  afterEach(() => process.chdir(before));
  afterAll(() => rmSync(company, { recursive: true }));

  it("the package's files are found from the package, wherever the command runs", () => {
    process.chdir(company);
    expect(packageRoot()).toBe(ROOT);
    expect(packageVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });

  it("the company's files are found from its project, even from a subfolder", () => {
    process.chdir(below);
    expect(projectRoot()).toBe(company);
    expect(environmentsFolder({})).toBe(below);
    expect(outputFolder({})).toBe(join(company, "cdktf.out"));
    expect(homeOf("sandbox", {})).toBe(join(company, ".relay", "sandbox"));
  });

  it("variables name other folders, relative to the working folder", () => {
    process.chdir(company);
    expect(environmentsFolder({ RELAY_ENVIRONMENTS: "elsewhere" })).toBe(join(company, "elsewhere"));
    expect(outputFolder({ CDKTF_OUTDIR: "out" })).toBe(join(company, "out"));
    expect(homeOf("sandbox", { RELAY_HOME: "homes" })).toBe(join(company, "homes", "sandbox"));
  });
});
