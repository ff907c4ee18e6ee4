/** The real Terraform finds this project's provider with any CLI configuration of a company. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageVersion, providerMirror } from "../../src/contract/locations";
import { cliConfiguration, withMirror } from "../../src/terraform/cli-configuration";
import { Terraform } from "../../src/terraform/terraform";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tfrc-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const provider = { source: "terraform.local/relay/gladly", version: packageVersion() };
const SIGNAL = new AbortController().signal;

const FORMS: readonly (readonly [string, string])[] = [
  ["a network mirror", 'provider_installation {\n  network_mirror {\n    url = "https://127.0.0.1:9/"\n  }\n}\n'],
  ["a network mirror on one line", 'provider_installation {\n  network_mirror { url = "https://127.0.0.1:9/" }\n}\n'],
  [
    "a filesystem mirror for some providers",
    'provider_installation {\n  filesystem_mirror {\n    path    = "/nowhere"\n    include = ["registry.terraform.io/*/*"]\n  }\n  direct {\n    exclude = ["registry.terraform.io/*/*"]\n  }\n}\n',
  ],
  ["direct alone, and a comment with a brace", "# { not a block\nprovider_installation {\n  direct {}\n}\n"],
  ["a plugin cache", 'plugin_cache_dir = "CACHE"\nprovider_installation {\n  direct {}\n}\n'],
  ["a network mirror, in JSON", '{"provider_installation":{"network_mirror":{"url":"https://127.0.0.1:9/"}}}'],
  [
    "a filesystem mirror for some providers, in JSON with lists",
    '{"plugin_cache_dir":"CACHE","credentials":{"x.example":{"token":"canary}"}},"provider_installation":[{"filesystem_mirror":[{"path":"/nowhere","include":["registry.terraform.io/*/*"]}]}]}',
  ],
  ["nothing about providers", "disable_checkpoint = true\n"],
];

describe("terraform init", () => {
  it.each(FORMS)("finds the provider with %s", async (_, text) => {
    mkdirSync(join(folder, "cache"));
    mkdirSync(join(folder, "stack"));
    const file = join(folder, "company.tfrc");
    const written = text.replace("CACHE", join(folder, "cache"));
    writeFileSync(file, written);
    const stack = { terraform: { required_providers: { gladly: provider } } };
    writeFileSync(join(folder, "stack/main.tf.json"), JSON.stringify(stack));
    if (!text.includes("provider_installation")) copyMirror(join(folder, "stack/terraform.d/plugins"));
    const env = { ...process.env, TF_CLI_CONFIG_FILE: file, CHECKPOINT_DISABLE: "1" };
    await new Terraform({ folder: join(folder, "stack"), env, signal: SIGNAL }).init();
    expect(existsSync(join(folder, "stack/.terraform/providers", provider.source))).toBe(true);
    expect(readFileSync(file, "utf8")).toBe(written);
  });
});

function copyMirror(to: string): void {
  const place = `terraform.local/relay/gladly/${packageVersion()}`;
  const file = `terraform-provider-gladly_v${packageVersion()}.cjs`;
  for (const platform of ["linux_amd64", "linux_arm64", "darwin_arm64", "darwin_amd64"]) {
    mkdirSync(join(to, place, platform), { recursive: true });
    copyFileSync(join(providerMirror(), place, platform, file), join(to, place, platform, file));
  }
}

describe("the CLI configuration that Terraform is given", () => {
  it("is the company's own if it works unchanged, and an empty one if the named file is missing", () => {
    const file = join(folder, "company.tfrc");
    expect(cliConfiguration({ TF_CLI_CONFIG_FILE: file }, "Terraform")).toEqual({ TF_CLI_CONFIG_FILE: "/dev/null" });
    writeFileSync(file, 'credentials "app.terraform.io" {\n  token = "canary"\n}\n');
    expect(cliConfiguration({ TF_CLI_CONFIG_FILE: file }, "Terraform")).toEqual({});
    expect(cliConfiguration({ HOME: folder }, "Terraform")).toEqual({});
  });

  it("keeps credentials and plugin cache, is readable only by its owner, and changes nothing of theirs", () => {
    const theirs =
      'plugin_cache_dir = "/cache"\ncredentials "x.example" {\n  token = "canary}"\n}\nprovider_installation {\n  direct {}\n}\n';
    writeFileSync(join(folder, ".terraformrc"), theirs);
    const { TF_CLI_CONFIG_FILE: file = "" } = cliConfiguration({ HOME: folder }, "Terraform");
    const text = readFileSync(file, "utf8");
    expect(text).toContain('plugin_cache_dir = "/cache"');
    expect(text).toContain('token = "canary}"');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, ".terraformrc"), "utf8")).toBe(theirs);
  });

  it("reads OpenTofu's file first, and the files of ~/.terraform.d too", () => {
    mkdirSync(join(folder, ".terraform.d"));
    writeFileSync(join(folder, ".terraformrc"), "provider_installation {\n  direct {}\n}\n");
    writeFileSync(join(folder, ".tofurc"), "disable_checkpoint = true\n");
    expect(cliConfiguration({ HOME: folder }, "OpenTofu")).toEqual({});
    writeFileSync(join(folder, ".terraform.d/more.tfrc"), "provider_installation {\n  direct {}\n}\n");
    const { TF_CLI_CONFIG_FILE: file = "" } = cliConfiguration({ HOME: folder }, "OpenTofu");
    expect(readFileSync(file, "utf8")).toContain("disable_checkpoint = true");
  });

  it("extends a list of exclusions, and keeps development overrides", () => {
    const text = withMirror(
      'provider_installation {\n  dev_overrides {\n    "a/b" = "/x"\n  }\n  direct {\n    exclude = ["a/*"]\n  }\n}\n',
      "/mirror",
    );
    expect(text).toContain('exclude = ["terraform.local/*/*", "a/*"]');
    expect(text).toContain('dev_overrides {\n    "a/b" = "/x"\n  }');
  });
});
