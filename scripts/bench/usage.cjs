// Loaded before a measured command: writes the resources that its process used when it ends.
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  appendFileSync(process.env.BENCH_USAGE, `${(userCPUTime + systemCPUTime) / 1e6} ${maxRSS / 1024}\n`);
});
