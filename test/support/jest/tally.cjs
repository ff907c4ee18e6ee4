/**
 * A jest reporter for the end of a run: what was skipped and how to get it, and one line that counts, for scripts to read.
 * With RELAY_TESTS_NO_SKIP=1 a skipped test fails the run, unless what it needs is in the list below.
 */

/** What may be missing where nothing may be skipped, and why. The keys are what `describeIf` is told. */
const MAY_BE_MISSING = {
  "the AWS provider 5.100.0": "no package registry has it, and a test downloads nothing from elsewhere",
  "a newer Terraform": "no package registry has it; the pipeline on GitHub runs the newest",
  "a built copy of aws-lambda-ric": "it compiles curl and C++ for minutes when it is installed (CONTRIBUTING.md)",
  "the right to mount a disk": "a container without privileges gives it to nobody",
};

const MARK = / \(needs (.+?): (.+)\)$/;

module.exports = class Tally {
  constructor(globalConfig) {
    // With `-t` or `--onlyFailures`, what was not chosen counts as skipped too.
    this.chosen = Boolean(globalConfig.testNamePattern);
    this.strict = process.env.RELAY_TESTS_NO_SKIP === "1";
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const refused = this.chosen ? [] : this.tellSkipped(skippedIn(results));
    if (refused.length > 0) this.error = new Error(`skipped, and nothing may be: ${refused.join(", ")}`);
    const failed = numFailedTests + numRuntimeErrorTestSuites + refused.length;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : "";
    process.stdout.write(`\nTests: ${numPassedTests} passed, ${failed} failed${skipped}\n`);
  }

  /** Prints them; gives back what may not be skipped. */
  tellSkipped(skipped) {
    if (skipped.size > 0) process.stdout.write("\nSkipped:\n");
    const refused = [];
    for (const [needs, { how, count }] of skipped) {
      const allowed = this.strict ? MAY_BE_MISSING[needs] : undefined;
      if (this.strict && allowed === undefined) refused.push(needs);
      const tests = `${count} test${count === 1 ? "" : "s"}`;
      process.stdout.write(`  ${tests} without ${needs}. ${allowed ? `Allowed: ${allowed}` : `To run: ${how}`}\n`);
    }
    return refused;
  }

  getLastError() {
    return this.error;
  }
};

/** What is needed -> how to get it, and how many tests were skipped for the lack of it. */
function skippedIn({ testResults }) {
  const skipped = new Map();
  for (const { testFilePath, testResults: tests } of testResults) {
    for (const { status, ancestorTitles, title } of tests) {
      if (status !== "pending") continue;
      const mark = [title, ...ancestorTitles].map((text) => MARK.exec(text)).find(Boolean);
      const [needs, how] = mark
        ? mark.slice(1)
        : [`a reason, in ${testFilePath}`, "skip with describeIf (test/support/optional.ts)"];
      const known = skipped.get(needs) ?? { how, count: 0 };
      skipped.set(needs, { ...known, count: known.count + 1 });
    }
  }
  return skipped;
}
