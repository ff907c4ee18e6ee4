/**
 * Terraform's CLI configuration, so that Terraform finds our provider with any configuration of the company.
 *
 * The provider is in `terraform.d/plugins` of each stack, where Terraform looks by default. A `provider_installation` block
 * disables that. Then Terraform gets a copy of the company's configuration with one more mirror, only for our provider. The
 * company's file, credentials, mirrors and plugin cache stay unchanged.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { devNull, homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { providerMirror } from "../contract/locations";
import { hclOfJson } from "./hcl-of-json";

/** All of our providers: no one else uses this host. */
const OURS = "terraform.local/*/*";

let written: { readonly text: string; readonly file: string } | undefined;

/** Variables for Terraform's environment; none if the configuration works unchanged. */
export function cliConfiguration(env: NodeJS.ProcessEnv, engine: "Terraform" | "OpenTofu"): NodeJS.ProcessEnv {
  const files = configurationFiles(env, engine);
  // If the named file is missing, every call warns. An empty file is equivalent.
  if (env.TF_CLI_CONFIG_FILE && files.length === 0) return { TF_CLI_CONFIG_FILE: devNull };
  const texts = files.map((file) => hclOfJson(readFileSync(file, "utf8")));
  const changed = texts.map((text) => withMirror(text, providerMirror()));
  if (changed.every((text, index) => text === texts[index])) return {};
  const text = changed.join("\n");
  if (written?.text !== text || !existsSync(written.file)) {
    // It may contain a token, so only this user can read it, and it is deleted with this process.
    const folder = mkdtempSync(join(tmpdir(), "relay-terraform-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    written = { text, file: join(folder, "terraform.tfrc") };
    writeFileSync(written.file, text, { mode: 0o600 });
  }
  return { TF_CLI_CONFIG_FILE: written.file };
}

/** The files that Terraform would read. If one is named, it is the only one. */
function configurationFiles(env: NodeJS.ProcessEnv, engine: "Terraform" | "OpenTofu"): readonly string[] {
  const named = env.TF_CLI_CONFIG_FILE || env.TERRAFORM_CONFIG;
  if (named) return existsSync(named) ? [named] : [];
  const home = env.HOME || homedir();
  const names = engine === "OpenTofu" ? [".tofurc", ".terraformrc"] : [".terraformrc"];
  const main = names.map((name) => join(home, name)).find((file) => existsSync(file));
  const folder = join(home, ".terraform.d");
  const more = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".tfrc")) : [];
  return [...(main === undefined ? [] : [main]), ...more.sort().map((name) => join(folder, name))];
}

interface Block {
  readonly name: string;
  /** Position after its opening brace. */
  readonly start: number;
  readonly end: number;
}

/**
 * Adds a mirror for our provider. Returns a text without `provider_installation` unchanged.
 *
 * @param mirror a folder, as an absolute path
 */
export function withMirror(text: string, mirror: string): string {
  const installation = blocksOf(text, 0, text.length).find(({ name }) => name === "provider_installation");
  if (installation === undefined) return text;
  const methods = blocksOf(text, installation.start, installation.end).filter(({ name }) => name !== "dev_overrides");
  // From the end to the beginning, so that positions stay valid.
  const rest = methods.reduceRight((done, method) => withExclusion(done, method), text);
  const own = `\n  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = ["${OURS}"]\n  }\n`;
  return rest.slice(0, installation.start) + own + rest.slice(installation.start);
}

/** Excludes our provider from another method: a mirror that does not have it would end the run. */
function withExclusion(text: string, { start, end }: Block): string {
  const body = text.slice(start, end);
  const listed = /\bexclude\s*=\s*\[/.exec(body);
  const changed =
    listed === null
      ? `\n${body.trim() === "" ? "" : `    ${body.trim()}\n`}    exclude = ["${OURS}"]\n  `
      : `\n    ${`${body.slice(0, listed.index + listed[0].length)}"${OURS}", ${body.slice(listed.index + listed[0].length)}`.trim()}\n  `;
  return text.slice(0, start) + changed + text.slice(end);
}

/** Strings and comments, in which braces and names have no meaning; then names; then braces. */
const TOKEN = /"(?:\\.|[^"\\])*"|#.*|\/\/.*|\/\*[\s\S]*?\*\/|[\w-]+|[{}]/g;

/** The blocks directly between two positions. */
function blocksOf(text: string, from: number, to: number): readonly Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let name = "";
  let start = 0;
  for (const { 0: token, index } of text.slice(from, to).matchAll(TOKEN)) {
    const position = from + index;
    if (token === "{") {
      if (depth === 0) start = position + 1;
      depth += 1;
    } else if (token === "}") {
      depth -= 1;
      if (depth === 0) blocks.push({ name, start, end: position });
    } else if (depth === 0 && /^[\w-]/.test(token)) {
      name = token;
    }
  }
  return blocks;
}
