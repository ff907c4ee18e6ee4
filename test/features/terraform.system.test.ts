/** `relay terraform` with a program instead of Terraform that prints how it is started. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/run";
import { project } from "../support/scratch";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "terraform-")));
  mkdirSync(join(folder, "out/stacks/sandbox"), { recursive: true });
  writeFileSync(join(folder, "out/stacks/sandbox/cdk.tf.json"), "{}");
  const engine = join(folder, "engine");
  writeFileSync(
    engine,
    '#!/bin/sh\n[ "$1" = version ] && echo "OpenTofu v1.12.6" && exit\necho "$PWD $*"\necho "words" >&2\nexit 3\n',
  );
  chmodSync(engine, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

const relay = (...args: readonly string[]) => {
  const env = { ...process.env, CDKTF_OUTDIR: join(folder, "out"), TERRAFORM_BINARY_NAME: join(folder, "engine") };
  return run(process.execPath, [join(project, "bin/relay.mjs"), "terraform", ...args], { cwd: project, env });
};

it("runs the engine in the stack's folder, with its output and exit code", async () => {
  expect(await relay("sandbox", "--", "state", "list", "-no-color")).toEqual({
    code: 3,
    out: `${join(folder, "out/stacks/sandbox")} state list -no-color\n`,
    err: "words\n",
  });
});

it.each(["sandbx", "../sandbox"])("suggests the stack most similar to %s", async (stack) => {
  expect((await relay(stack, "plan")).err).toMatch(/ Did you mean sandbox\?\n$/);
});

it.each(["other", "."])("says where it looked for the stack %s", async (stack) => {
  const { code, out, err } = await relay(stack, "plan");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toBe(
    `relay terraform: the stack "${stack}" is not in ${join(folder, "out")}. \`npx cdktf synth\` writes every stack there, ` +
      "and `npx cdktf list` lists them.\n",
  );
});
