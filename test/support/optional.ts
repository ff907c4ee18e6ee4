/**
 * For tests that need optional software. Without it they are skipped, and the end of the run says so and how to get it. With
 * RELAY_TESTS_NO_SKIP=1, as in `.ci/run`, the run fails instead, unless test/support/jest/tally.cjs lists the software.
 */

/**
 * `describe`, or `describe.skip` with the reason in its title.
 *
 * @param found the result of the search; falsy if it is missing
 * @param what the needed software, as in "3 tests without <what>", without a colon
 * @param how how to get it, one sentence without a full stop
 * @example describeIf(CHROMIUM, "Chromium", "apt-get install chromium, or name one in CHROMIUM")("the page", () => …)
 */
export function describeIf(found: unknown, what: string, how: string): (title: string, body: () => void) => void {
  return (title, body) => (found ? describe(title, body) : describe.skip(marked(title, what, how), body));
}

/** The same for one test. */
export function itIf(found: unknown, what: string, how: string): (title: string, body: jest.ProvidesCallback) => void {
  return (title, body) => (found ? it(title, body) : it.skip(marked(title, what, how), body));
}

const marked = (title: string, what: string, how: string) => `${title} (needs ${what}: ${how})`;
