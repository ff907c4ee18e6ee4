/**
 * `npm run bindings`: generates the constructs for the Gladly provider with the real `cdktf get` from the built provider.
 *
 * Its output does not compile under this project's strict settings. So it is compiled once with cdktf's settings and stored as
 * JavaScript with declarations, like the published provider packages.
 *
 * It works offline: Terraform uses only a mirror in the build's folder. `-- --out <folder>` writes to another folder, and
 * `--mirror <folder>` uses another mirror. A test uses both to check that the committed files are up to date.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import ts from "typescript-api";
import { PROVIDER_SOURCE, providerDist } from "../src/deploy/build/provider-dist";

/** Runs `cdktf get` in a separate folder and returns the folder with the result. */
async function generate(root: string, mirror: string, work: string): Promise<string> {
  const { version } = providerDist(root);
  const cliConfig = join(work, "terraform.tfrc");
  writeFileSync(
    cliConfig,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  writeFileSync(
    join(work, "cdktf.json"),
    JSON.stringify({
      language: "typescript",
      app: "true",
      sendCrashReports: "false",
      projectId: "00000000-0000-4000-8000-000000000000",
      codeMakerOutput: "generated",
      terraformProviders: [{ name: "gladly", source: PROVIDER_SOURCE, version }],
    }),
  );
  const cli = join(root, "node_modules", "upstream-cdktf-cli", "bundle", "bin", "cdktf");
  const terminal = join(root, "scripts", "lib", "cdktf-cli.cjs");
  await promisify(execFile)(process.execPath, ["--require", terminal, cli, "get", "--force-local"], {
    cwd: work,
    env: {
      ...process.env,
      TF_CLI_CONFIG_FILE: cliConfig,
      CHECKPOINT_DISABLE: "1",
      CI: "1",
      // cdktf writes to the home folder. This keeps the user's own one untouched.
      HOME: work,
      NODE_PATH: join(root, "node_modules"),
    },
  });
  const made = join(work, "generated", "providers", "gladly");
  if (!existsSync(made)) throw new Error(`cdktf get made no ${made}`);
  return made;
}

/** Compiles every file of a folder into another folder, with declarations. */
function compile(from: string, to: string, root: string): void {
  const files = ts.sys.readDirectory(from, [".ts"]);
  const program = ts.createProgram(files, {
    rootDir: from,
    outDir: to,
    declaration: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: ["node"],
    typeRoots: [join(root, "node_modules", "@types")],
    skipLibCheck: true,
    newLine: ts.NewLineKind.LineFeed,
    paths: { "*": [join(root, "node_modules", "*")] },
  });
  const { diagnostics } = program.emit();
  const faults = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (faults.length === 0) return;
  throw new Error(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n"));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" }, mirror: { type: "string" } } });
  const root = resolve(__dirname, "..");
  const target = values.out ? resolve(values.out) : join(root, "src", "deploy", "constructs", "generated", "gladly");
  const mirror = values.mirror ? resolve(values.mirror) : providerDist(root).mirror;
  if (!existsSync(mirror)) throw new Error("The provider is not built. Run: npm run build");
  const work = mkdtempSync(join(tmpdir(), "gladly-bindings-"));
  try {
    const made = await generate(root, mirror, work);
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    compile(made, target, root);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The bindings could not be generated: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
