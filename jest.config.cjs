/** Types are checked apart (`npm run typecheck`): swc only strips them, which keeps a run short. */
module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  testEnvironment: "node",
  reporters: ["default", "<rootDir>/test/tally.cjs"],
  testTimeout: 60_000,
};
