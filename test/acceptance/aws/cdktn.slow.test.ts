import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { builtFunctions } from "../../../src/deploy/build/function-build";
import { describeIf } from "../../support/optional";
import { run } from "../../support/run";
import { project } from "../../support/scratch";

function installedVersion(name: string): string {
  const { version } = z
    .looseObject({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(project, "node_modules", name, "package.json"), "utf8")));
  return version;
}

/** cdktf was archived in December 2025. cdktn is its community's fork (docs/decisions/0001). */
const CDKTN = "0.24.0";
/** Bindings of the AWS provider 6.66.0. The project's own are of 6.25.0. Raise both with each newer version. */
const BINDINGS = { package: "25.7.0", provider: "6.66.0" };
/** As docs/your-own-repository.md has them. */
const ALIASES = {
  cdktf: `npm:cdktn@${CDKTN}`,
  "@cdktf/provider-aws": `npm:@cdktn/provider-aws@${BINDINGS.package}`,
};
const PACKAGES = [
  ...Object.entries(ALIASES).map(([name, alias]) => `${name}@${alias}`),
  "constructs@10.7.2",
  `@types/node@${installedVersion("@types/node")}`,
  "tsx@4.23.15",
  "zod@4.6.7",
];
const STACKS = ["staging", "production", "foundation-111122223333", "foundation-444455556666"];

/** Whether npm can download the packages. */
function isAvailable(): boolean {
  try {
    execFileSync("npm", ["view", `cdktn@${CDKTN}`, "version", "--fetch-retries=0"], {
      stdio: "ignore",
      timeout: 20_000,
    });
    return true;
  } catch {
    return false;
  }
}

describeIf(
  isAvailable(),
  `the package cdktn ${CDKTN}`,
  "configure a registry for npm that has it",
)(`the stacks on AWS with cdktn ${CDKTN}, the fork of cdktf`, () => {
  const folder = mkdtempSync(join(tmpdir(), "cdktn-"));
  const install = join(folder, "install");
  beforeAll(async () => {
    builtFunctions(project);
    for (const path of ["stacks", "src", "package.json", "tsconfig.json"]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      // Keep the times, which show that the built functions are current.
      cpSync(join(project, path), join(folder, path), { recursive: true, preserveTimestamps: true });
    }
    symlinkSync(join(project, "dist"), join(folder, "dist"));
    // The project's manifest names other packages. This folder has those of the comparison.
    mkdirSync(install);
    writeFileSync(join(install, "package.json"), '{ "private": true }');
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--json=false"];
    const installed = await run("npm", ["install", ...options, peersOf(folder), ...PACKAGES], {
      cwd: install,
      env: process.env,
    });
    expect({ code: installed.code, err: installed.code === 0 ? "" : installed.err }).toEqual({ code: 0, err: "" });
    symlinkSync(join(install, "node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`pass the type check against the bindings of the AWS provider ${BINDINGS.provider}`, async () => {
    const bindings = readFileSync(join(install, "node_modules/@cdktf/provider-aws/lib/provider/index.d.ts"), "utf8");
    expect(bindings).toContain(`/aws/${BINDINGS.provider}/docs`);
    const check = (...files: readonly string[]) => {
      const settings = { extends: "./tsconfig.json", compilerOptions: { types: ["node"] }, include: files };
      writeFileSync(join(folder, "tsconfig.check.json"), JSON.stringify(settings));
      const tsc = join(project, "node_modules/typescript/bin/tsc");
      return run(process.execPath, [tsc, "-p", "tsconfig.check.json", "--pretty", "false"], {
        cwd: folder,
        env: process.env,
      });
    };
    expect(await check("stacks", "src/contract", "src/deploy", "src/environment")).toMatchObject({ code: 0, out: "" });
    // The check reports an argument that the bindings do not have.
    const wrong = `import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";\nexport const config: ConstructorParameters<typeof SqsQueue>[2] = { nam: "queue" };\n`;
    writeFileSync(join(folder, "src/wrong.ts"), wrong);
    expect((await check("src/wrong.ts")).out).toMatch(/^src\/wrong\.ts\(2,\d+\): error TS2561/);
    rmSync(join(folder, "src/wrong.ts"));
  });

  it("are the same except for the tool's version and the provider's full name", async () => {
    await synthesize(project, join(folder, "by-cdktf"));
    await synthesize(folder, join(folder, "by-cdktn"));
    for (const stack of STACKS) {
      const [cdktf, cdktn] = ["by-cdktf", "by-cdktn"].map((out) => synthesized(join(folder, out), stack));
      expect(cdktf?.version).toMatch(/^0\.21\./);
      expect(cdktn?.version).toBe(CDKTN);
      expect(cdktn?.rest).toEqual(cdktf?.rest);
    }
  });
});

it("the documentation of the switch matches this test", () => {
  const guide = readFileSync(join(project, "docs/your-own-repository.md"), "utf8");
  for (const [name, alias] of Object.entries(ALIASES)) expect(guide).toContain(`"${name}": "${alias}"`);
});

/** Packs a package with this project's peer dependencies: npm refuses a switch outside their range. */
function peersOf(folder: string): string {
  const { peerDependencies } = z
    .object({ peerDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(project, "package.json"), "utf8")));
  const peers = join(folder, "peers");
  mkdirSync(peers);
  writeFileSync(join(peers, "package.json"), JSON.stringify({ name: "peers", version: "1.0.0", peerDependencies }));
  execFileSync("npm", ["pack", "--pack-destination", folder, "--loglevel=error", "--json=false"], { cwd: peers });
  return join(folder, "peers-1.0.0.tgz");
}

async function synthesize(root: string, out: string): Promise<void> {
  const { code, err } = await run(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), "stacks/main.ts"], {
    cwd: root,
    env: { ...process.env, CDKTF_OUTDIR: out },
  });
  expect({ code, err }).toEqual({ code: 0, err: "" });
}

const Stack = z.looseObject({
  "//": z.looseObject({ metadata: z.looseObject({ version: z.string() }) }),
  terraform: z.looseObject({ required_providers: z.looseObject({ aws: z.looseObject({ source: z.string() }) }) }),
});

/** A stack without the two differences between the tools. */
function synthesized(out: string, stack: string) {
  const text = readFileSync(join(out, "stacks", stack, "cdk.tf.json"), "utf8");
  const { version } = Stack.parse(JSON.parse(text))["//"].metadata;
  const parsed = Stack.parse(JSON.parse(text.replaceAll('"source": "hashicorp/aws"', '"source": "aws"')));
  const { version: _version, ...metadata } = parsed["//"].metadata;
  return { version, rest: { ...parsed, "//": { ...parsed["//"], metadata } } };
}
