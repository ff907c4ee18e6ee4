/** `relay sandbox`: Gladly and Stella Connect on this machine. */
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { type Command, CommandError, EXIT, portOption, stringOption } from "../../cli/command";
import { reasonOf } from "../../contract/file-fault";
import { jsonText } from "../../contract/json";
import { homeFiles, homeOf, localAddresses } from "../../environment";
import { DEFAULT_PORTS, readSandboxAddresses, SANDBOX_USER } from "../../environment/home";
import { type Scenario, startSandbox } from "../../sandbox/sandbox";
import { readScenario } from "../../sandbox/scenario-file";
import { isAnswering } from "../shared/open-relay";
import { ensureSandboxSecrets } from "./local-secrets";

export const command: Command = {
  summary: "runs a Gladly and a Stella Connect on this machine, to try and to test",
  usage: "[--port <port>] [--scenario <file>] [--speed <factor>]",
  help: `
Starts Gladly and Stella Connect on 127.0.0.1 and runs until Ctrl-C. Their data is in memory and is lost when they stop.
Their credentials stay in .relay/sandbox/secrets, so you need not set anything up again.

Options
  --port <port>     Gladly's port. Stella Connect's is ten higher. 0 picks free ports. [${DEFAULT_PORTS.gladly}]
  --scenario <file>  JSON file with the data at the start: agents, inboxes, customers, conversations, and Stella
                    Connect's settings. src/sandbox/default-scenario.ts shows the form. [a small parcel service]
  --speed <factor>  How much faster its clock runs. With 3600, Gladly's hour of retries takes a second. [1]

Examples
  relay sandbox
  relay sandbox --port 5610 --speed 3600
  relay sandbox --scenario peak-season.json
`,
  options: { port: { type: "string" }, scenario: { type: "string" }, speed: { type: "string" } },
  positionals: { min: 0, max: 0 },
  async run(invocation, terminal) {
    const port = portOption(invocation, "port", DEFAULT_PORTS.gladly);
    const timeScale = speedOption(stringOption(invocation, "speed"));
    const scenario = scenarioOption(stringOption(invocation, "scenario"));
    const home = homeOf("sandbox", terminal.env);
    await refuseSecondSandbox(home);
    const secrets = ensureSandboxSecrets(home);
    const sandbox = await startSandbox({
      gladlyPort: port,
      stellaPort: port === 0 ? 0 : port + (DEFAULT_PORTS.stella - DEFAULT_PORTS.gladly),
      timeScale,
      ...(scenario === undefined ? {} : { scenario }),
      // `relay serve` sends the sandbox its address if it starts later or on other ports.
      relayUrl: localAddresses("sandbox", terminal.env).operations,
      credentials: {
        gladlyUser: SANDBOX_USER,
        gladlyToken: secrets.gladlyToken,
        stellaTestKey: secrets.stellaTestKey,
        stellaProductionKey: secrets.stellaProductionKey,
        stellaApiSecret: secrets.stellaApiSecret,
      },
    });
    const addresses = { gladly: sandbox.gladly.url, stella: sandbox.stella.url, gladlyUser: SANDBOX_USER };
    mkdirSync(home, { recursive: true });
    writeFileSync(homeFiles.sandbox(home), jsonText(addresses));
    terminal.out(welcome(addresses, relative(process.cwd(), home)));
    try {
      if (!terminal.stop.aborted) await once(terminal.stop, "abort");
    } finally {
      rmSync(homeFiles.sandbox(home), { force: true });
      await sandbox.close();
    }
    return EXIT.ok;
  },
};

function scenarioOption(path: string | undefined): Scenario | undefined {
  if (path === undefined) return undefined;
  try {
    return readScenario(path);
  } catch (error) {
    throw new CommandError(`--scenario: ${reasonOf(error)}`);
  }
}

/** Two sandboxes would share one data folder, and the second would replace the first one's entry there. */
async function refuseSecondSandbox(home: string): Promise<void> {
  const running = readSandboxAddresses(home);
  if (running === undefined || !(await isAnswering(`${running.gladly}/_sandbox/clock`))) return;
  throw new CommandError(`a sandbox is running already, at ${running.gladly}. End it first.`);
}

function speedOption(value: string | undefined): number {
  const speed = Number(value ?? 1);
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw new CommandError(`--speed takes a number above 0, not "${value}".`);
}

function welcome(addresses: { gladly: string; stella: string; gladlyUser: string }, home: string): string {
  return [
    `Page            ${addresses.gladly}/`,
    `Gladly          ${addresses.gladly}   user ${addresses.gladlyUser}, token in ${home}/secrets/gladly-token`,
    `Stella Connect  ${addresses.stella}   keys in ${home}/secrets/stella-test-key and stella-production-key`,
    "",
    "Next: `npx relay serve sandbox` in another terminal, then `npx cdktf apply sandbox`. Ctrl-C ends the sandbox.",
    "",
  ].join("\n");
}
