/**
 * Four kinds of tests, told by the file's name (CONTRIBUTING.md):
 *
 * - `<name>.test.ts`: a unit test. No process, no port; `test/support/jest/unit.cjs` holds it to that.
 * - `<name>.system.test.ts`: starts processes or servers, and is short: one of each kind. `npm test` runs these two.
 * - `<name>.ci.test.ts`: as short, and more of the same kinds; runs in `npm run test:all`, as in `.ci/run`.
 * - `<name>.slow.test.ts`: takes minutes; runs in `npm run test:slow`.
 *
 * Types are checked apart (`npm run typecheck`): swc only strips them, which keeps a run short.
 */
const kind = (displayName, testMatch, rest = {}) => ({
  displayName,
  testMatch: [`<rootDir>/test/**/*${testMatch}.test.ts`],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  // TypeScript wants the extension in a dynamic import; the file is the .ts one.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/support/jest/global-setup.mjs",
  ...rest,
});

module.exports = {
  projects: [
    kind("unit", "", {
      testPathIgnorePatterns: ["/node_modules/", "\\.(system|ci|slow)\\.test\\.ts$"],
      setupFilesAfterEnv: ["<rootDir>/test/support/jest/unit.cjs"],
    }),
    kind("system", ".system", { setupFiles: ["<rootDir>/test/support/jest/unguard.cjs"] }),
    kind("ci", ".ci", { setupFiles: ["<rootDir>/test/support/jest/unguard.cjs"] }),
    kind("slow", ".slow", { setupFiles: ["<rootDir>/test/support/jest/unguard.cjs"] }),
  ],
  // Most of the time goes to processes that tests start and wait for.
  maxWorkers: 2,
  reporters: ["default", "<rootDir>/test/support/jest/tally.cjs"],
  // A ceiling for what never ends, not a measure: a busy machine may take minutes for what takes seconds on a quiet one.
  testTimeout: 1_200_000,
};
