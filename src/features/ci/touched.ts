/** Which environments a change can touch: those are planned for its review, and no others. */

const ENVIRONMENT_FILE = /^stacks\/environments\/([^/]+)\.ts$/;

/** What no stack is made of. Everything else may change every stack. */
const NEVER_DEPLOYED = [/^docs\//, /^test\//, /^examples\//, /\.md$/, /^LICENSE$/, /^\.github\/workflows\/test\.yml$/];

/** Environments whose file is gone: what they deployed stays, and no plan tells of it any more. */
export function removedEnvironments(files: readonly string[], environments: readonly string[]): readonly string[] {
  const named = files.flatMap((file) => ENVIRONMENT_FILE.exec(file)?.[1] ?? []);
  return named.filter((name) => !environments.includes(name));
}

/**
 * @param files changed ones, relative to the project
 * @param environments their names; order is kept
 */
export function touchedEnvironments(files: readonly string[], environments: readonly string[]): readonly string[] {
  const deployed = files.filter((file) => !NEVER_DEPLOYED.some((pattern) => pattern.test(file)));
  const named = deployed.map((file) => ENVIRONMENT_FILE.exec(file)?.[1]);
  return named.includes(undefined) ? environments : environments.filter((name) => named.includes(name));
}
