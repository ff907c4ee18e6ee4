/**
 * Locations of files. Parts of the package (provider, functions, documents) are found relative to the package. A company's
 * files (environment files, state, synthesized stacks) are found relative to the project in which the command runs.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The file that makes a folder a project. cdktf looks for it too. */
const PROJECT_FILE = "cdktf.json";

/** The folder of this package, as an absolute path: the checkout, or its folder in `node_modules`. */
export function packageRoot(): string {
  return above(__dirname, "package.json") ?? __dirname;
}

/** The version of this package. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : undefined;
  return typeof version === "string" ? version : "unknown";
}

/** Whether this is a checkout of the sources, which are built if needed. An installed package is already built. */
export function isCheckout(root = packageRoot()): boolean {
  return existsSync(join(root, "src", "commands.ts"));
}

/** The folder of the built Terraform provider, laid out as a filesystem mirror. */
export function providerMirror(root = packageRoot()): string {
  return join(root, "dist", "terraform.d", "plugins");
}

/**
 * The folder of the project: the nearest one with a `cdktf.json`, from the working folder upwards.
 *
 * @param from @default the working folder, which is also the result if no folder above has that file
 */
export function projectRoot(from: string = process.cwd()): string {
  return above(resolve(from), PROJECT_FILE) ?? resolve(from);
}

/** Whether the folder is a project. */
export function isProject(folder: string): boolean {
  return existsSync(join(folder, PROJECT_FILE));
}

/** The folder of the environment files, relative to the project. */
export const ENVIRONMENTS = "stacks/environments";

/** An environment's file, relative to the project, as messages and pull requests name it. */
export function environmentPath(name: string): string {
  return `${ENVIRONMENTS}/${name}.ts`;
}

/** The folder of the environment files: RELAY_ENVIRONMENTS, else `stacks/environments` of the project. */
export function environmentsFolder(env: NodeJS.ProcessEnv): string {
  return resolve(env.RELAY_ENVIRONMENTS || join(projectRoot(), ENVIRONMENTS));
}

/** Whether a file of that folder is an environment's, by its name. */
export function isEnvironmentFile(name: string): boolean {
  return name.endsWith(".ts") && !name.endsWith(".d.ts");
}

/** The folder for synthesized stacks: CDKTF_OUTDIR, else `cdktf.out` of the project. */
export function outputFolder(env: NodeJS.ProcessEnv): string {
  return resolve(env.CDKTF_OUTDIR || join(projectRoot(), "cdktf.out"));
}

/** The folder of one synthesized stack. @param outdir the folder of all of them */
export function stackFolder(outdir: string, stack: string): string {
  return join(outdir, "stacks", stack);
}

function above(from: string, file: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
