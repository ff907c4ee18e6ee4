/** A relay in a separate process, which logs to standard error. Arguments: its RELAY_HOME, and a factor for its waits. */
import { serveRelay } from "../../../src/relay/local/serve";

serveRelay({ home: process.argv[2] ?? "", port: 0, retryScale: Number(process.argv[3]) }).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
