/** Which environments a change touches: those are planned for its review, and no others. */
import { isDeepStrictEqual } from "node:util";
import type { Environment } from "../../environment";

const ENVIRONMENTS = "stacks/environments/";
const ENVIRONMENT_FILE = /^stacks\/environments\/([^/]+)\.ts$/;

/** What no stack is made of. Everything else may change every stack. */
const NEVER_DEPLOYED = [/^docs\//, /^test\//, /^examples\//, /\.md$/, /^LICENSE$/, /^\.github\//];

/**
 * Environments that are gone: what they deployed stays, and no plan shows it any more.
 *
 * @param before the environments of the other side; undefined where they cannot be read
 */
export function removedEnvironments(
  files: readonly string[],
  environments: readonly Environment[],
  before: readonly Environment[] | undefined,
): readonly string[] {
  const names = environments.map(({ name }) => name);
  const known = before?.map(({ name }) => name) ?? files.flatMap((file) => ENVIRONMENT_FILE.exec(file)?.[1] ?? []);
  return known.filter((name) => !names.includes(name));
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
