// Installs the packages only if they are missing or differ from the lock file.
import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Whether node_modules matches package-lock.json. npm records what it installed in a separate file. */
export function packagesAreCurrent(folder = root) {
  const wanted = readPackages(`${folder}/package-lock.json`);
  const installed = readPackages(`${folder}/node_modules/.package-lock.json`);
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional, dev, peer, link }]) => {
    if (path === "" || link) return true;
    const there = installed[path];
    // Optional packages may be missing, such as another platform's binary.
    if (there === undefined) return Boolean(optional) || Boolean(peer && dev);
    return there.version === version;
  });
}

/** Installs if needed, with npm's progress on standard error. Ends the process if that fails. */
export function install() {
  if (packagesAreCurrent()) return;
  if (lstatSync(`${root}/node_modules`, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // Installing through a link would empty the folder that it points to, which may belong to another project.
    process.stderr.write(
      "node_modules is a link to a folder that does not match package-lock.json. Run `npm ci` there.\n",
    );
    process.exit(1);
  }
  process.stderr.write("Installing the packages of package-lock.json (a minute or two, once) …\n");
  const args = ["ci", "--json=false", "--no-audit", "--no-fund", "--loglevel=error"];
  const result = spawnSync(process.platform === "win32" ? "npm.cmd" : "npm", args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (result.status === 0) return;
  process.stderr.write(
    "The packages could not be installed; npm's message above says why. Then run the same command again.\n",
  );
  process.exit(1);
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
