/**
 * Before any test, whichever way jest was started: the provider and the functions are built when they are missing or older
 * than their sources, and Terraform is kept quiet. When nothing changed this takes a moment.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as tsx from "tsx/cjs/api";
import { quietTerraform } from "../../../scripts/lib/requirements.mjs";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const load = (path) => tsx.require(`${project}src/deploy/build/${path}`, import.meta.url);

export default function globalSetup() {
  Object.assign(process.env, quietTerraform(process.env), {
    // cdktf would keep every build of the provider in the home folder, and two checkouts would replace each other's.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
  });
  if (!load("provider-dist.ts").isProviderCurrent(project)) {
    const build = ["node_modules/tsx/dist/cli.mjs", "scripts/build.ts", "--if-needed"];
    const { status } = spawnSync(process.execPath, build, { cwd: project, stdio: ["ignore", 2, 2] });
    // Tests that install the provider fail then, with Terraform's word for it. The others need not wait for the lock file.
    if (status !== 0) process.stderr.write("Tests that install the provider will fail.\n");
  }
  load("function-build.ts").builtFunctions(project);
}
