/** Which environments a change touches: those are planned for its review, and no others. */
import { isDeepStrictEqual } from "node:util";
import { type Environment, isOnAws, isRemovable } from "../../environment";

const ENVIRONMENTS = "stacks/environments/";
const ENVIRONMENT_FILE = /^stacks\/environments\/([^/]+)\.ts$/;

/** What no stack is made of. Everything else may change every stack. */
const NEVER_DEPLOYED = [/^docs\//, /^test\//, /^examples\//, /\.md$/, /^LICENSE$/, /^\.github\//];

export interface Removed {
  readonly name: string;
  /**
   * Whether its file said before this change that it goes for good. Otherwise what keeps customers' data is protected from
   * `destroy`, and nothing that a reader can see says that the environment was meant to go.
   */
  readonly retired: boolean;
}

/**
 * Environments that no file deploys any more: what they deployed stays, and no plan shows it. One that moves from AWS to a
 * single machine is among them, because its state on AWS is not looked at again.
 *
 * @param before the environments of the other side; undefined where they cannot be read
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
 * By comparing the environments of both sides: one file may import from another. Where other files changed, or the other
 * side cannot be read, every environment counts as touched.
 *
 * @param files changed ones, relative to the project
 */
export function touchedEnvironments(
  files: readonly string[],
  environments: readonly Environment[],
  before: readonly Environment[] | undefined,
): readonly string[] {
  const names = environments.map(({ name }) => name);
  const deployed = files.filter((file) => !NEVER_DEPLOYED.some((pattern) => pattern.test(file)));
  if (deployed.length === 0) return [];
  if (before === undefined || !deployed.every((file) => file.startsWith(ENVIRONMENTS))) return names;
  const old = new Map(before.map((environment) => [environment.name, environment]));
  return environments
    .filter((environment) => !isDeepStrictEqual(environment, old.get(environment.name)))
    .map(({ name }) => name);
}
