/** A relay in a process of its own, which logs to standard error. Arguments: its home, and what multiplies its waits. */
import { serveRelay } from "../../../src/relay/local/serve";

serveRelay({ home: process.argv[2] ?? "", port: 0, retryScale: Number(process.argv[3]) }).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
