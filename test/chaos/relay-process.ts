/** A relay in a separate process, to be killed. Argument: its RELAY_HOME. Prints its addresses as one line of JSON. */
import { serveRelay } from "../../src/relay/local/serve";

async function main(): Promise<void> {
  const relay = await serveRelay({ home: process.argv[2] ?? "", port: 0, log: () => undefined });
  process.stdout.write(`${JSON.stringify({ url: relay.url, operationsUrl: relay.operationsUrl })}\n`);
  process.once("SIGTERM", () => {
    void relay.close();
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
