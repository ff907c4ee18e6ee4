/** Runs real processes for acceptance tests, each in its own process group, and ends the whole group. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The standard input. @default empty */
  readonly input?: string;
}

export class Running {
  out = "";
  err = "";
  private readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], { input, ...options }: RunOptions) {
    const stdin = input === undefined ? "ignore" : "pipe";
    this.child = spawn(command, args, { ...options, detached: true, stdio: [stdin, "pipe", "pipe"] });
    this.child.stdin?.end(input);
    this.child.stdout?.on("data", (chunk) => {
      this.out += chunk;
    });
    this.child.stderr?.on("data", (chunk) => {
      this.err += chunk;
    });
  }

  async end(): Promise<Ended> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "close");
    return { code: this.child.exitCode, out: this.out, err: this.err };
  }

  /** Resolves when standard output or standard error contains a text. Rejects when the process ends before. */
  async says(text: string): Promise<void> {
    while (!this.out.includes(text) && !this.err.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`ended before it said "${text}":\n${this.out}\n${this.err}`);
      await delay(20);
    }
  }

  /** Sends SIGINT to every process of the group, as a terminal does on Ctrl-C. */
  interrupt(): void {
    this.signal("SIGINT");
  }

  /** Sends SIGTERM only to the started process, as a supervisor does. */
  terminate(): void {
    this.child.kill("SIGTERM");
  }

  /** Kills the rest of the group, to clean up after a test. */
  kill(): void {
    this.signal("SIGKILL");
  }

  /** Kills only the process, with SIGKILL. Its child processes keep running. */
  killAlone(): void {
    this.child.kill("SIGKILL");
  }

  /** Resolves when no process of the group is left. If one stays, the test times out. */
  async leavesNothing(): Promise<void> {
    while (this.groupLives()) await delay(20);
  }

  private groupLives(): boolean {
    try {
      process.kill(-(this.child.pid ?? 0), 0);
      return true;
    } catch {
      return false;
    }
  }

  /** Sends a signal to every process of the group. */
  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-(this.child.pid ?? 0), signal);
    } catch {
      // No process is left, as wanted.
    }
  }
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Running(command, args, options).end();
}
