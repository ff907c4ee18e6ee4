// Checks the requirements of this machine before anything else runs.
// Plain JavaScript, because it must work in an old Node.js and without node_modules.
import { existsSync } from "node:fs";
import { devNull } from "node:os";

/** Every test runs on 20, 22, 24 and 26 (docs/decisions/0010). */
const NODE = { oldest: [20, 19], newestTested: 26 };

/** Ends the process with a clear message if Node.js is too old. Warns in one line if it is newer than the tested versions. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  const oldest = NODE.oldest.join(".");
  if (major < NODE.oldest[0] || (major === NODE.oldest[0] && minor < NODE.oldest[1])) {
    stop(
      `This project needs Node.js ${oldest} or later; this is ${version}.`,
      `Install Node.js from https://nodejs.org/en/download, or with a version manager: nvm install ${NODE.newestTested}`,
    );
  }
  if (major > NODE.newestTested) {
    process.stderr.write(
      `Warning: Node.js ${version} is newer than this project is tested with (${oldest} to ${NODE.newestTested}).\n`,
    );
  }
}

/** The environment in which Terraform and cdktf print only their results. */
export function quietTerraform(env) {
  const named = env.TF_CLI_CONFIG_FILE;
  return {
    // Disables the checks for new versions, which cost seconds and an error line when offline.
    CHECKPOINT_DISABLE: "1",
    // If the named configuration file is missing, every Terraform call warns. An empty file is equivalent.
    ...(named && !existsSync(named) ? { TF_CLI_CONFIG_FILE: devNull } : {}),
  };
}

function stop(problem, remedy) {
  process.stderr.write(`${problem}\n  ${remedy}\n`);
  process.exit(1);
}
