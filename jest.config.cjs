/** Types are checked apart (`npm run typecheck`): swc only strips them, which keeps a run short. */
module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  // TypeScript wants the extension in a dynamic import; the file is the .ts one.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  testEnvironment: "node",
  // Most of the time goes to processes that tests start and wait for.
  maxWorkers: 2,
  reporters: ["default", "<rootDir>/test/tally.cjs"],
  testTimeout: 60_000,
};
