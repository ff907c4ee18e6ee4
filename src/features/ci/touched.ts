/** Finds the environments that a change touches. Only those are planned for its review. */
import { isDeepStrictEqual } from "node:util";
import { ENVIRONMENTS } from "../../contract/locations";
import { type Environment, isOnAws, isRemovable } from "../../environment";

const ENVIRONMENT_FILE = /^stacks\/environments\/([^/]+)\.ts$/;

/** Files that are part of no stack. Every other file can change every stack. */
const NEVER_DEPLOYED = [/^docs\//, /^test\//, /^examples\//, /\.md$/, /^LICENSE$/, /^\.github\//];

export interface Removed {
  readonly name: string;
  /**
   * Whether its file had `retired: true` before this change. Otherwise resources with customers' data are protected from
   * `destroy`, and a reviewer cannot see that the environment was meant to go.
   */
  readonly retired: boolean;
}

/**
 * Environments that no file deploys any more. Their resources stay, and no plan shows them. An environment that moves from
 * AWS to one machine is included, because nothing reads its state on AWS again.
 *
 * @param before the environments of the other commit; undefined if they cannot be read
 */
export function removedEnvironments(
  files: readonly string[],
  environments: readonly Environment[],
  before: readonly Environment[] | undefined,
): readonly Removed[] {
  const now = new Map(environments.map((environment) => [environment.name, environment]));
  if (before === undefined) {
    const known = files.flatMap((file) => ENVIRONMENT_FILE.exec(file)?.[1] ?? []);
    return known.filter((name) => !now.has(name)).map((name) => ({ name, retired: false }));
  }
  return before
    .filter((old) => {
      const same = now.get(old.name);
      return same === undefined || (isOnAws(old) && !isOnAws(same));
    })
    .map((old) => ({ name: old.name, retired: !isOnAws(old) || isRemovable(old) }));
}

/**
 * Compares the environments of both commits, because one file can import another. If other files changed, or the other
 * commit cannot be read, every environment counts as touched.
 *
 * @param files changed files, relative to the project
 */
export function touchedEnvironments(
  files: readonly string[],
  environments: readonly Environment[],
  before: readonly Environment[] | undefined,
): readonly string[] {
  const names = environments.map(({ name }) => name);
  const deployed = files.filter((file) => !NEVER_DEPLOYED.some((pattern) => pattern.test(file)));
  if (deployed.length === 0) return [];
  if (before === undefined || !deployed.every((file) => file.startsWith(`${ENVIRONMENTS}/`))) return names;
  const old = new Map(before.map((environment) => [environment.name, environment]));
  return environments
    .filter((environment) => !isDeepStrictEqual(environment, old.get(environment.name)))
    .map(({ name }) => name);
}
