/**
 * An AWS API emulator from outside this project (moto), in a separate process on a free port: see emulator/README.md. Set
 * RELAY_AWS_EMULATOR to use another one, to its address or to the command that starts it.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { HOW, pythonPrograms } from "../support/python";
import { Running } from "../support/run";

const FOLDER = join(__dirname, "emulator");

/** How to get an emulator, for the title of a skipped test. */
export const EMULATOR_HOW = `${HOW}, or set RELAY_AWS_EMULATOR to an emulator's address or start command`;

/** A call as IAM evaluates it. */
const LoggedCall = z.object({
  service: z.string(),
  /** `sqs:SendMessage` */
  action: z.string(),
  /** An ARN, or `*` for an action that names no resource. */
  resource: z.string(),
  /** The caller's access key. Each role in the rehearsal has its own. */
  accessKey: z.string(),
  /** The context keys for conditions of policies. */
  context: z.record(z.string(), z.string()).optional(),
  /** Another call with which AWS checks this one. */
  checkedWith: z.string().optional(),
});
export type LoggedCall = z.infer<typeof LoggedCall>;

/** Whether an emulator can run here. Installs its packages the first time. */
export function emulatorFound(): boolean {
  return process.env.RELAY_AWS_EMULATOR !== undefined || pythonPrograms(join(FOLDER, "requirements.txt")) !== undefined;
}

export interface EmulatorOptions {
  /** 12 digits. */
  readonly account: string;
  /** The endpoint that every HTTP API reports. */
  readonly apiEndpoint: string;
  /** The file for the log of calls. */
  readonly log: string;
}

export class Emulator {
  private constructor(
    readonly url: string,
    private readonly log: string,
    private readonly process: Running | undefined,
  ) {}

  static async start(options: EmulatorOptions): Promise<Emulator> {
    const named = process.env.RELAY_AWS_EMULATOR;
    if (named?.startsWith("http")) return new Emulator(named.replace(/\/+$/, ""), options.log, undefined);
    const args = ["--account", options.account, "--api-endpoint", options.apiEndpoint, "--log", options.log];
    const [command = "", ...first] = named?.split(" ") ?? ownCommand();
    const running = new Running(command, [...first, "--port", "0", ...args], {
      cwd: FOLDER,
      // Python writes compiled modules next to the packages, not into this repository.
      env: { ...process.env, PYTHONPYCACHEPREFIX: join(dirname(command), "../pycache") },
    });
    await running.says("ready http");
    const url = /ready (http\S+)/.exec(running.out)?.[1];
    if (url === undefined) throw new Error(`the emulator printed: ${running.out}`);
    return new Emulator(url, options.log, running);
  }

  /** All calls so far, oldest first. Empty if the emulator has no log in this format. */
  calls(): readonly LoggedCall[] {
    if (!existsSync(this.log)) return [];
    const lines = readFileSync(this.log, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => LoggedCall.parse(JSON.parse(line)));
  }

  /** The features that the emulator reported as missing. */
  get lacks(): readonly string[] {
    return (this.process?.err ?? "").split("\n").filter((line) => line.includes("the emulator lacks"));
  }

  async stop(): Promise<void> {
    this.process?.terminate();
    await this.process?.end();
  }
}

function ownCommand(): readonly string[] {
  const programs = pythonPrograms(join(FOLDER, "requirements.txt"));
  if (programs === undefined) throw new Error(`no emulator can be started: ${EMULATOR_HOW}`);
  return [join(programs, "python"), join(FOLDER, "serve.py")];
}
