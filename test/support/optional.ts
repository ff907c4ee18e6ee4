/**
 * Tests that need what not every machine has. They are skipped where it is missing; the end of the run says so, and says
 * how to get it. Where nothing may be skipped (RELAY_TESTS_NO_SKIP=1, as in `.ci/run`) the run fails instead, unless
 * test/support/jest/tally.cjs lists what is needed.
 */

/**
 * `describe`, or `describe.skip` with the reason in its title.
 *
 * @param found whatever was looked for; missing when it is falsy
 * @param what is needed, as in "3 tests without <what>": no colon
 * @param how to get it, one sentence without a full stop
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
