/** `relay serve`: the relay on one machine. */
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { types } from "node:util";
import { type Command, CommandError, EXIT, portOption } from "../../cli/command";
import { jsonText } from "../../contract/json";
import { RELAY_WEBHOOK_PATH } from "../../contract/webhook-address";
import { homeFiles, homeOf, isOnThisMachine } from "../../environment";
import { DEFAULT_PORTS, readSandboxAddresses, readServeAddresses } from "../../environment/home";
import { logToStandardError, serveRelay } from "../../relay/local/serve";
import { findEnvironment, isAnswering } from "../shared/open-relay";

export const command: Command = {
  summary: "runs the relay on this machine: accepts Gladly's events, requests surveys from Stella Connect",
  usage: "<environment> [--port <port>]",
  help: `
Receives Gladly's webhook on 127.0.0.1. It stores each event, answers Gladly, then processes the event. On Ctrl-C it
finishes the events that it has begun, and ends. \`npx cdktf apply <environment>\` sets its configuration. Events that arrive
before the first apply wait for it.

Options
  --port <port>  Port of the webhook. Health, metrics and explanations use the next port. 0 picks free ports. [${DEFAULT_PORTS.relay}]

Examples
  relay serve sandbox
  relay serve sandbox --port 0
`,
  options: { port: { type: "string" } },
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    const environment = findEnvironment(invocation.positionals[0] ?? "", terminal);
    if (!isOnThisMachine(environment)) {
      throw new CommandError(
        `the relay of ${environment.name} runs on AWS; only an environment on this machine is served here.`,
      );
    }
    const home = homeOf(environment.name, terminal.env);
    await refuseSecondRelay(home);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const port = portOption(invocation, "port", DEFAULT_PORTS.relay);
    const crash = watchForCrash();
    const relay = await serveRelay({ home, port });
    const addresses = { relay: relay.url, operations: relay.operationsUrl };
    rmSync(homeFiles.serve(home), { force: true });
    writeFileSync(homeFiles.serve(home), jsonText(addresses), { mode: 0o600 });
    await tellSandbox(home, addresses.operations);
    terminal.out(`Relay       ${addresses.relay}${RELAY_WEBHOOK_PATH}\nOperations  ${addresses.operations}\n`);
    try {
      if (!terminal.stop.aborted) await Promise.race([once(terminal.stop, "abort"), crash.happened]);
    } finally {
      rmSync(homeFiles.serve(home), { force: true });
      await within(DRAIN_MS, relay.close());
      crash.end();
    }
    return crash.seen() ? EXIT.failed : EXIT.ok;
  },
};

/** Milliseconds to finish started work: a request to Stella may take 30 s. A supervisor should wait longer. */
const DRAIN_MS = 45_000;

/**
 * An uncaught error would end the process before started work is recorded. So it is logged, and the relay then stops as on
 * SIGTERM.
 */
function watchForCrash() {
  let crashed = false;
  let tell: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const seen = (error: unknown) => {
    crashed = true;
    const detail = types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
    logToStandardError("error", "relay.crashed", { detail });
    tell();
  };
  // If the reader of the log has ended, each line causes an error, which must not stop the relay.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignore);
  process.on("uncaughtException", seen);
  return { happened, seen: () => crashed, end: () => process.removeListener("uncaughtException", seen) };
}

const ignore = () => undefined;

async function within(milliseconds: number, ending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([ending, timeout]);
  clearTimeout(timer);
}

/** Two relays would share one data folder, and the second would replace the first one's address there. */
async function refuseSecondRelay(home: string): Promise<void> {
  const running = readServeAddresses(home);
  if (running === undefined || !(await isAnswering(`${running.operations}/health`))) return;
  throw new CommandError(`this environment's relay is running already, at ${running.relay}. End it first.`);
}

/** Sends the sandbox the relay's address, so that its page can show the relay's decisions. */
async function tellSandbox(home: string, operations: string): Promise<void> {
  const sandbox = readSandboxAddresses(home);
  if (sandbox === undefined) return;
  await fetch(`${sandbox.gladly}/_sandbox/settings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ relayUrl: operations }),
  }).catch(() => undefined);
}
