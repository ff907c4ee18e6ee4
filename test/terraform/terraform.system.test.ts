import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Terraform } from "../../src/terraform/terraform";
import { ENGINE } from "../support/engine";

const folder = mkdtempSync(join(tmpdir(), "terraform-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("reports each step and each resource that is read", async () => {
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({ resource: { terraform_data: { one: { input: "a" } } } }),
  );
  const seen: string[] = [];
  const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
  const waitingFor = (what: string) => void seen.push(what);
  const terraform = new Terraform({ folder, env, signal: new AbortController().signal, waitingFor });
  await terraform.init();
  await terraform.plan();
  await terraform.apply();
  seen.length = 0;
  expect(await terraform.plan()).toMatchObject({ clean: true });
  const engine = basename(ENGINE);
  expect(seen).toEqual([
    `${engine} plan`,
    expect.stringMatching(/^terraform_data\.one: Refreshing state\.\.\./),
    `${engine} show`,
  ]);
});
