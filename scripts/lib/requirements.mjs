// What this machine must have before anything else runs, checked with nothing installed.
// Plain JavaScript, because it has to work in a Node that is too old and in a folder without node_modules.
import { existsSync } from "node:fs";
import { devNull } from "node:os";

/** Every test runs on 20, 22, 24 and 26 (docs/decisions/0010). */
const NODE = { oldest: [20, 19], newestTested: 26 };

/** Ends the process with one clear message when Node.js is too old; a version newer than the tested ones gets one line. */
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

/** The environment in which Terraform and cdktf print nothing but what they were asked for. */
export function quietTerraform(env) {
  const named = env.TF_CLI_CONFIG_FILE;
  return {
    // Neither asks its maker for newer versions: offline that costs seconds and a line of error.
    CHECKPOINT_DISABLE: "1",
    // A configuration file that is named and missing makes every Terraform call warn. An empty one means the same.
    ...(named && !existsSync(named) ? { TF_CLI_CONFIG_FILE: devNull } : {}),
  };
}

function stop(problem, remedy) {
  process.stderr.write(`${problem}\n  ${remedy}\n`);
  process.exit(1);
}
