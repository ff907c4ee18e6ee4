/**
 * An AWS API that others wrote (moto), as a process of its own on a free port: see emulator/README.md. RELAY_AWS_EMULATOR
 * names another one, by its address or by the command that starts it.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { HOW, pythonPrograms } from "../support/python";
import { Running } from "../support/run";

const FOLDER = join(__dirname, "emulator");

/** How to get one, for the title of a skipped test. */
export const EMULATOR_HOW = `${HOW}, or name an emulator's address or start command in RELAY_AWS_EMULATOR`;

/** A call as IAM sees it. */
const LoggedCall = z.object({
  service: z.string(),
  /** `sqs:SendMessage` */
  action: z.string(),
  /** An ARN, or `*` for an action that names no resource. */
  resource: z.string(),
  /** Who called: the rehearsal gives each role a key of its own. */
  accessKey: z.string(),
  /** What conditions of policies look at. */
  context: z.record(z.string(), z.string()).optional(),
  /** AWS checks this one together with another call. */
  checkedWith: z.string().optional(),
});
export type LoggedCall = z.infer<typeof LoggedCall>;

/** Whether an emulator can be had here. Prepares its packages the first time. */
export function emulatorFound(): boolean {
  return process.env.RELAY_AWS_EMULATOR !== undefined || pythonPrograms(join(FOLDER, "requirements.txt")) !== undefined;
}

export interface EmulatorOptions {
  /** 12 digits. */
  readonly account: string;
  /** Where every HTTP API says that it is. */
  readonly apiEndpoint: string;
  /** A file for the calls. */
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
      // Compiled modules go beside the packages and not into this repository.
      env: { ...process.env, PYTHONPYCACHEPREFIX: join(dirname(command), "../pycache") },
    });
    await running.says("ready http");
    const url = /ready (http\S+)/.exec(running.out)?.[1];
    if (url === undefined) throw new Error(`the emulator said: ${running.out}`);
    return new Emulator(url, options.log, running);
  }

  /** Every call so far, oldest first; none where the emulator keeps no log in the form of ours. */
  calls(): readonly LoggedCall[] {
    if (!existsSync(this.log)) return [];
    const lines = readFileSync(this.log, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => LoggedCall.parse(JSON.parse(line)));
  }

  /** What the emulator said it lacks. */
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
