/**
 * `npx tsx test/features/review/making/engine-plans.ts <engine> [<folder of terraform-provider-simple>]`: plans of what newer
 * engines add to the format, made by that engine and stored with its name and version. Deferrals need an experimental build of
 * Terraform, and actions a provider that has some: Terraform's own `internal/provider-simple-v6`, built with one action.
 * OpenTofu's provider of that name has an ephemeral resource. What an engine does not have is not made.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { normalised } from "./normalise";

interface Case {
  /** Configurations that are applied one after another. An apply may fail. */
  readonly applied?: readonly string[];
  /** The configuration that is planned. */
  readonly planned: string;
  readonly args?: readonly string[];
  /** Whether it needs terraform-provider-simple. */
  readonly simple?: true;
}

const replaced = (version: number, command: string) => `
resource "terraform_data" "swap" {
  triggers_replace = ${version}
  lifecycle {
    create_before_destroy = true
  }
}
resource "terraform_data" "user" {
  input            = terraform_data.swap.id
  triggers_replace = ${version}
  provisioner "local-exec" {
    command = "${command}"
  }
}`;

const withAction = (value: number) => `
action "simple_action" "purge" {
  config {
    value = "queue"
  }
}
resource "terraform_data" "relay" {
  input = ${value}
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.simple_action.purge]
    }
  }
}`;

const keptWhenRemoved = (version: number) => `
resource "terraform_data" "kept" {
  input            = ${version}
  triggers_replace = ${version}
  lifecycle {
    destroy = false
  }
}`;

const enabled = (value: boolean) => `
resource "terraform_data" "optional" {
  input = 1
  lifecycle {
    enabled = ${value}
  }
}`;

const withEphemeral = (version: number) => `
resource "terraform_data" "first" {
  triggers_replace = ${version}
}
ephemeral "simple_resource" "key" {
  value = "planted-secret-1 \${terraform_data.first.id}"
}
resource "simple_resource" "user" {
  value    = "${version}"
  value_wo = ephemeral.simple_resource.key.value
}`;

const STAYS = `
resource "terraform_data" "stays" {
  input = 1
}`;

const CASES: Readonly<Record<string, Case>> = {
  "outputs-only": {
    applied: [`${STAYS}\noutput "address" {\n  value = "a"\n}`],
    planned: `${STAYS}\noutput "address" {\n  value = "b"\n}`,
  },
  "output-sensitive": {
    applied: [`${STAYS}\noutput "key" {\n  value = "planted-secret-1"\n}`],
    planned: `${STAYS}\noutput "key" {\n  value     = "planted-secret-2"\n  sensitive = true\n}`,
  },
  "moved-and-changed": {
    applied: [`resource "terraform_data" "old" {\n  input = 1\n}${STAYS}`],
    planned: `resource "terraform_data" "new" {\n  input = 2\n}\nmoved {\n  from = terraform_data.old\n  to   = terraform_data.new\n}${STAYS}`,
  },
  forgotten: {
    applied: [`resource "terraform_data" "gone" {\n  input = 1\n}${STAYS}`],
    planned: `removed {\n  from = terraform_data.gone\n  lifecycle {\n    destroy = false\n  }\n}${STAYS}`,
  },
  deposed: { applied: [replaced(1, "true"), replaced(2, "false")], planned: replaced(2, "true") },
  "check-fails": {
    applied: [STAYS],
    planned: `${STAYS}\ncheck "address" {\n  assert {\n    condition     = terraform_data.stays.input == 2\n    error_message = "The input should be 2."\n  }\n}`,
  },
  "sensitive-input": {
    applied: [`resource "terraform_data" "a" {\n  input = sensitive("planted-secret-1")\n}`],
    planned: `resource "terraform_data" "a" {\n  input = "planted-secret-2"\n}`,
  },
  deferred: {
    applied: [STAYS],
    planned: `${STAYS}\nresource "terraform_data" "first" {\n  input = 1\n}\nresource "terraform_data" "later" {\n  count = length(terraform_data.first.id)\n  input = 1\n}`,
    args: ["-allow-deferral"],
  },
  "kept-and-replaced": { applied: [keptWhenRemoved(1)], planned: keptWhenRemoved(2) },
  "kept-when-removed": { applied: [`${keptWhenRemoved(1)}${STAYS}`], planned: STAYS },
  "not-enabled": { applied: [`${enabled(true)}${STAYS}`], planned: `${enabled(false)}${STAYS}` },
  ephemeral: { applied: [withEphemeral(1)], planned: withEphemeral(2), simple: true },
  "refresh-only": { applied: [STAYS], planned: STAYS, args: ["-refresh-only"] },
  action: { applied: [withAction(1)], planned: withAction(2), simple: true },
  "action-alone": {
    applied: [withAction(1)],
    planned: withAction(1),
    args: ["-invoke=action.simple_action.purge"],
    simple: true,
  },
};

const [engine = "terraform", provider] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), "engine-plans-"));
const settings = join(root, "cli.tfrc");
writeFileSync(
  settings,
  provider === undefined
    ? ""
    : `provider_installation {\n  dev_overrides {\n    "example.com/test/simple" = "${provider}"\n  }\n  direct {}\n}\n`,
);

function run(cwd: string, ...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const { status, stdout, stderr } = spawnSync(engine, args, { cwd, env, encoding: "utf8" });
  return { code: status, out: `${stdout}${stderr}` };
}

const REQUIRES = `terraform {\n  required_providers {\n    simple = {\n      source = "example.com/test/simple"\n    }\n  }\n}\n`;

function planOf(name: string, { applied = [], planned, args = [], simple }: Case): string | undefined {
  const folder = join(root, name);
  const write = (text: string) => writeFileSync(join(folder, "main.tf"), `${simple ? REQUIRES : ""}${text}\n`);
  mkdirSync(folder, { recursive: true });
  applied.forEach((text, index) => {
    write(text);
    if (index === 0 && !simple) run(folder, "init", "-no-color");
    run(folder, "apply", "-auto-approve", "-no-color");
  });
  write(planned);
  const made = run(folder, "plan", "-out=plan", "-no-color", ...args);
  const shown = run(folder, "show", "-json", "plan");
  if (made.code === 0 && shown.code === 0) return shown.out;
  process.stderr.write(`${name} was not made: ${made.out.trim().split("\n").slice(-4).join(" ")}\n`);
  return undefined;
}

const version = /v(\S+)/.exec(run(root, "version").out)?.[1] ?? "unknown";
const lines = Object.entries(CASES).flatMap(([name, given]) => {
  if (given.simple && provider === undefined) return [];
  const plan = planOf(name, given);
  // The ids of terraform-provider-simple are times, and a custom build has another version.
  const text = plan
    ?.replace(/\d{4}-\d\d-\d\d [\d:.]+ \+0000 UTC m=\+[\d.]+/g, "an-id")
    .replace(`"terraform_version":"${version}"`, `"terraform_version":"${process.env.ENGINE_VERSION ?? version}"`);
  return text === undefined ? [] : [JSON.stringify({ name, plan: JSON.parse(normalised(text)) })];
});
const kind = /tofu/i.test(run(root, "version").out) ? "opentofu" : "terraform";
const file = resolve(__dirname, `../engines/${kind}-${process.env.ENGINE_VERSION ?? version}.jsonl`);
writeFileSync(file, `${lines.join("\n")}\n`);
process.stdout.write(`${file}: ${lines.length} plans\n`);
rmSync(root, { recursive: true });
