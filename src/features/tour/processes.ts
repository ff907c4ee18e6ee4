/** The servers of a tour, each in its own process as a user would start it. They always end with the tour. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { packageRoot, projectRoot } from "../../contract/locations";

/** Milliseconds a server has to finish what it began before it is killed. */
const GRACE = 10_000;

export class Processes {
  private readonly children: ChildProcess[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  /**
   * Starts `relay <args>` and answers its first words, which it prints when it is ready.
   *
   * The channel lets the child notice when this process is gone, however it went.
   *
   * @throws when it ends before it is ready, with what it said.
   */
  async startRelay(...args: string[]): Promise<string> {
    const child = spawn(process.execPath, [join(packageRoot(), "bin/relay.mjs"), ...args], {
      cwd: projectRoot(),
      env: this.env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.children.push(child);
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said = (said + chunk).slice(-4000);
    });
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`\`relay ${args.join(" ")}\` ended with ${code} before it was ready.\n${said.trim()}`);
    });
    // At the end of the tour nothing waits for this promise any more.
    ended.catch(() => undefined);
    if (child.stdout === null) throw new Error("a child process without standard output");
    const [chunk] = await Promise.race([once(child.stdout, "data"), ended]);
    return String(chunk);
  }

  /** Asks every server to end, last started first, and returns when all are gone. */
  async end(): Promise<void> {
    for (const child of this.children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, "exit");
      const kill = setTimeout(() => child.kill("SIGKILL"), GRACE);
      child.kill("SIGTERM");
      await exited;
      clearTimeout(kill);
    }
  }
}
