import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { attributes, environment, integration, json } from "../../deploy/stacks/samples";
import { ENGINE } from "../../support/engine";
import { Running } from "../../support/run";

const Webhook = z.object({ precondition: z.array(z.object({ condition: z.string() })) });

/** The condition of a secret, with a variable instead of the AWS provider's data source. */
function condition(): string {
  const { lifecycle } = attributes(json(integration(environment("staging"))), "gladly_webhook", "survey_webhook");
  const [first] = Webhook.parse(lifecycle).precondition;
  const replaced = first?.condition.replaceAll(
    /data\.aws_secretsmanager_secret_versions\.\w+\.versions/g,
    "var.versions",
  );
  expect(replaced).toContain("var.versions");
  return replaced ?? "";
}

const folder = mkdtempSync(join(tmpdir(), "has-value-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The type of the provider's schema. The real provider returns null for a secret that never had a value. */
const CONFIGURATION = {
  variable: { versions: { type: "list(object({ version_stages = list(string) }))", default: null } },
  output: { has_value: { value: condition() } },
};

it.each([
  ["null", null, "false"],
  ["empty", [], "false"],
  ["one without stages", [{ version_stages: null }], "false"],
  ["only an old one", [{ version_stages: ["AWSPREVIOUS"] }], "false"],
  ["an old and a current one", [{ version_stages: ["AWSPREVIOUS"] }, { version_stages: ["AWSCURRENT"] }], "true"],
])("a secret whose versions are %s has a value: the real Terraform answers", async (_what, versions, expected) => {
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(CONFIGURATION));
  writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify({ versions }));
  const run = (args: readonly string[]) => new Running(ENGINE, args, { cwd: folder, env: process.env }).end();
  expect(await run(["init", "-input=false", "-no-color"])).toMatchObject({ code: 0 });
  expect(await run(["apply", "-auto-approve", "-input=false", "-no-color"])).toMatchObject({ code: 0 });
  expect((await run(["output", "-json", "has_value"])).out.trim()).toBe(expected);
});
