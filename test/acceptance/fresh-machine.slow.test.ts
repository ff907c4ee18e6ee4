/**
 * On a machine with only Node.js, `npm start` downloads Terraform, here from a replacement for HashiCorp's server.
 *
 * The replacement serves this machine's Terraform. Its archive differs from HashiCorp's, so the copied sources pin another
 * checksum. The product has no switch for that.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { zipOf } from "../../src/deploy/build/zip";
import { PINNED_TERRAFORM, platformOf } from "../../src/terraform/pinned";
import { closedAddress, type Loopback, loopback } from "../support/loopback";
import { itIf } from "../support/optional";
import { run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

const { version } = PINNED_TERRAFORM;
const platform = platformOf() ?? "linux_amd64";
const terraform = onThePath("terraform");

let folder: string;
let scratch: Scratch;
let server: Loopback;
let requests: string[];
let env: NodeJS.ProcessEnv;

/** The file of a program, with links resolved. */
function onThePath(name: string): string | undefined {
  const found = (process.env.PATH ?? "").split(delimiter).map((place) => join(place, name));
  return found.filter((file) => existsSync(file)).map((file) => realpathSync(file))[0];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fresh-machine-"));
  scratch = scratchProject("fresh");
  // The programs of Node.js's installer, and the shell that npm needs for scripts.
  mkdirSync(join(folder, "bin"));
  for (const name of ["node", "npm", "npx", "sh"]) symlinkSync(onThePath(name) ?? "", join(folder, "bin", name));

  const content = terraform === undefined ? Buffer.from("") : readFileSync(terraform);
  const archive = zipOf([{ name: "terraform", content }]);
  const pins = join(scratch.folder, "src/terraform/pinned.ts");
  const sha256 = createHash("sha256").update(archive).digest("hex");
  writeFileSync(pins, readFileSync(pins, "utf8").replace(PINNED_TERRAFORM.sha256[platform], sha256));

  requests = [];
  server = await loopback((request, response) => {
    requests.push(request.url ?? "");
    response.setHeader("content-length", archive.length).end(archive);
  });
  const { TERRAFORM_BINARY_NAME: _, ...rest } = scratch.env;
  env = {
    ...rest,
    PATH: join(folder, "bin"),
    XDG_CACHE_HOME: join(folder, "cache"),
    RELAY_TERRAFORM_MIRROR: server.url,
  };
});
afterAll(async () => {
  await server.close();
  scratch.remove();
  rmSync(folder, { recursive: true, force: true });
});

const start = (more: NodeJS.ProcessEnv = {}) =>
  run("npm", ["start", "--silent"], { cwd: scratch.folder, env: { ...env, ...more } });

/** Every file in the user's cache. */
const cached = () =>
  readdirSync(join(folder, "cache"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(folder, "cache"), join(entry.parentPath, entry.name)));

describe("a PATH with only Node.js", () => {
  it("has no Terraform", () => {
    expect(() => execFileSync("sh", ["-c", "command -v terraform || command -v tofu"], { env })).toThrow();
  });

  it("without a network: one message says what to install, and no file is left", async () => {
    const { code, out, err } = await start({ HTTPS_PROXY: await closedAddress(), RELAY_TERRAFORM_MIRROR: "" });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.trim().split("\n")).toEqual([
      expect.stringMatching(/^The tour stopped: Terraform 1\.11 or later, or OpenTofu, is needed: there is no/),
      expect.stringMatching(
        new RegExp(
          `^  Terraform ${version} cannot be downloaded from https://releases\\.hashicorp\\.com/.*ECONNREFUSED`,
        ),
      ),
      expect.stringMatching(/^ {2}Install Terraform from https:.* or OpenTofu from https:/),
    ]);
    expect(cached()).toEqual([]);
    expect(existsSync(join(scratch.folder, ".relay"))).toBe(false);
    expect(existsSync(join(scratch.folder, "cdktf.out"))).toBe(false);
  });

  itIf(
    terraform,
    "Terraform",
    "install it from https://developer.hashicorp.com/terraform/install",
  )("with a download server: npm start succeeds, and the next commands download nothing", async () => {
    const { code, out, err } = await start();
    expect(code).toBe(0);
    expect(out).toContain("Every step was seen to happen");
    expect(err).toContain(`Terraform is not installed. Downloading Terraform ${version}`);
    expect(requests).toEqual([`/terraform/${version}/terraform_${version}_${platform}.zip`]);
    expect(cached()).toEqual([join("gladly-stella-relay", "terraform", version, platform, "terraform")]);

    const listed = await run("npx", ["cdktf", "list"], { cwd: scratch.folder, env });
    expect(listed).toMatchObject({ code: 0, err: "", out: expect.stringContaining("sandbox") });
    expect(requests).toHaveLength(1);
  });
});
