/** Runs real processes for acceptance tests, each in a process group of its own, and sees that all of it ends. */
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
  /** What it reads from standard input. @default nothing */
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

  /** Resolves when standard output or standard error holds a text; rejects when the process ends before. */
  async says(text: string): Promise<void> {
    while (!this.out.includes(text) && !this.err.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`ended before it said "${text}":\n${this.out}\n${this.err}`);
      await delay(20);
    }
  }

  /** As a terminal does on Ctrl-C: every process of the group gets it. */
  interrupt(): void {
    this.signal("SIGINT");
  }

  /** As a supervisor does: the process that was started is told, and only that one. */
  terminate(): void {
    this.child.kill("SIGTERM");
  }

  /** Ends whatever of the group is still there, for a test's clean-up. */
  kill(): void {
    this.signal("SIGKILL");
  }

  /** Ends the process itself, so suddenly that it can tell nobody; those that it started are left to themselves. */
  killAlone(): void {
    this.child.kill("SIGKILL");
  }

  /** Resolves once no process of the group is left; a process that stays makes the test time out. */
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

  /** Sent to every process of the group. */
  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-(this.child.pid ?? 0), signal);
    } catch {
      // Nothing of it is left, which is what was wanted.
    }
  }
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Running(command, args, options).end();
}
