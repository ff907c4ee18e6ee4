/**
 * Chooses Terraform: the one in TERRAFORM_BINARY_NAME, `terraform` on the PATH, `tofu` on the PATH, a previously downloaded
 * one, or a new download. The first with version 1.11 or later is used.
 */
import { existsSync } from "node:fs";
import { messageOf } from "../contract/error-message";
import { cliConfiguration } from "./cli-configuration";
import { cachedTerraform, type DownloadProgress, downloadTerraform } from "./download";
import { PINNED_TERRAFORM, platformOf } from "./pinned";
import { runProcess } from "./process";

export interface Engine {
  /** The program: a name on the PATH, or a path. */
  readonly binary: string;
  readonly name: "Terraform" | "OpenTofu";
  readonly version: string;
}

/** No Terraform is available. The message says what to install. */
export class EngineMissing extends Error {
  override readonly name = "EngineMissing";
}

/** The first version with write-only arguments and S3-native locks. */
const OLDEST = [1, 11] as const;

/** Terraform's environment: the engine, and a CLI configuration with which it finds our provider. */
export async function terraformEnvironment(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const engine = await engineFor(env);
  return { ...env, TERRAFORM_BINARY_NAME: engine.binary, ...cliConfiguration(env, engine.name) };
}

const found = new Map<string, Promise<Engine>>();

/** The engine for an environment, searched once per process. @throws EngineMissing, DownloadFailed */
export function engineFor(env: NodeJS.ProcessEnv): Promise<Engine> {
  const key = JSON.stringify([env.TERRAFORM_BINARY_NAME, env.PATH, env.XDG_CACHE_HOME, env.RELAY_NO_DOWNLOAD]);
  const known = found.get(key) ?? findEngine(env);
  found.set(key, known);
  return known;
}

export interface FindOptions {
  /** @default standard error */
  readonly tell?: (progress: DownloadProgress) => void;
  /** SHA-256 of the archive. @default the pinned one */
  readonly sha256?: string;
}

/** @throws EngineMissing, DownloadFailed */
export async function findEngine(env: NodeJS.ProcessEnv, options: FindOptions = {}): Promise<Engine> {
  const named = env.TERRAFORM_BINARY_NAME;
  if (named) {
    const engine = await look(named, env);
    if (typeof engine !== "string") return engine;
    throw new EngineMissing(`TERRAFORM_BINARY_NAME names \`${named}\`, and ${engine}.\n  ${INSTALL}`);
  }
  const problems: string[] = [];
  for (const name of ["terraform", "tofu"]) {
    const engine = await look(name, env);
    if (typeof engine !== "string") return engine;
    problems.push(engine);
  }
  const platform = platformOf();
  if (platform !== undefined) {
    const cached = cachedTerraform(env, platform);
    const engine = existsSync(cached) ? await look(cached, env) : undefined;
    if (typeof engine === "object") return engine;
  }
  const problem = `Terraform ${OLDEST.join(".")} or later, or OpenTofu, is needed: ${problems.join(", and ")}.`;
  if (env.RELAY_NO_DOWNLOAD === "1" || platform === undefined) {
    const why =
      platform === undefined ? "There is none to download for this system." : "RELAY_NO_DOWNLOAD=1 forbids a download.";
    throw new EngineMissing(`${problem}\n  ${why} ${INSTALL}`);
  }
  const { tell = tellOnStandardError(), sha256 } = options;
  const binary = await downloadTerraform({ env, platform, tell, ...(sha256 === undefined ? {} : { sha256 }) }).catch(
    (error: unknown) => {
      throw new EngineMissing(`${problem}\n  ${messageOf(error)}\n  ${INSTALL}`);
    },
  );
  const engine = await look(binary, env);
  if (typeof engine !== "string") return engine;
  throw new EngineMissing(`${problem}\n  What was downloaded cannot be used: ${engine}. ${INSTALL}`);
}

const INSTALL =
  "Install Terraform from https://developer.hashicorp.com/terraform/install or OpenTofu from " +
  "https://opentofu.org/docs/intro/install, and see that it is on the PATH.";

/** The engine, or the reason why it cannot be used. */
async function look(binary: string, env: NodeJS.ProcessEnv): Promise<Engine | string> {
  const quiet = { ...env, CHECKPOINT_DISABLE: "1" };
  const ended = await runProcess(binary, ["version"], { cwd: process.cwd(), env: quiet }).catch(() => undefined);
  if (ended === undefined) return `there is no \`${binary}\`${binary.includes("/") ? "" : " on the PATH"}`;
  const [, name, version] = /^(Terraform|OpenTofu) v(\S+)/m.exec(ended.output) ?? [];
  if (name === undefined || version === undefined) return `\`${binary} version\` does not say its version`;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return `\`${binary}\` is ${name} ${version}`;
  return { binary, name: name === "OpenTofu" ? "OpenTofu" : "Terraform", version };
}

/** Prints what is downloaded, and on a terminal the progress, redrawn in place. */
function tellOnStandardError(): (progress: DownloadProgress) => void {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  let begun = false;
  let drawn = 0;
  return ({ url, to, done, total }) => {
    if (!begun) {
      const size = total === undefined ? "" : ` (${megabytes(total)})`;
      process.stderr.write(
        `Terraform is not installed. Downloading Terraform ${PINNED_TERRAFORM.version}${size} from ${url}\n  to ${to} …\n`,
      );
      begun = true;
    }
    if (!process.stderr.isTTY || (Date.now() - drawn < 100 && done !== total)) return;
    drawn = Date.now();
    process.stderr.write(
      `\r  ${megabytes(done)}${total === undefined ? "" : ` of ${megabytes(total)}`}${done === total ? "\n" : ""}`,
    );
  };
}
