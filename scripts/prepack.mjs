// Runs before `npm pack`: builds everything in the package from the current sources.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const constructs = readFileSync(join(root, "src/deploy/constructs/generated/gladly/provider/index.js"), "utf8");
if (!constructs.includes(`providerVersion: '${version}'`)) {
  // The constructs would require one version of the provider, and Terraform would find another.
  process.stderr.write(
    `The constructs are not of version ${version}. Run \`npm run build\` and \`npm run bindings\`.\n`,
  );
  process.exit(1);
}
// So that the package contains nothing from an older build.
rmSync(join(root, "dist/lib"), { recursive: true, force: true });
createRequire(import.meta.url)("./lib/compile.cjs").compileIfNeeded(root);
for (const args of [
  ["node_modules/typescript/bin/tsc", "-p", "tsconfig.package.json"],
  // Fails if the provider does not match the committed lock file.
  ["node_modules/tsx/dist/cli.mjs", "scripts/build.ts", "--if-needed"],
  ["node_modules/tsx/dist/cli.mjs", "scripts/build-functions.ts"],
]) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(1);
}
