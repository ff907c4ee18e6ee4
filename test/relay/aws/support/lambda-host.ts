/** Runs a bundled function as Lambda does: one process per concurrent invocation, reused, and killed at the time limit. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname } from "node:path";
import { json } from "node:stream/consumers";
import { type Loopback, loopback } from "../../../support/loopback";
import { OWN_CLIENT, type RuntimeClient } from "./runtime-clients";

export interface LambdaOptions {
  /** `index.js` of the bundle. */
  readonly file: string;
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** The client of the Runtime API that runs the handler. @default the test's client */
  readonly client?: RuntimeClient;
}

export type InvocationResult =
  | { readonly kind: "response"; readonly value: unknown }
  /** The handler threw, the process ended, or the invocation timed out. */
  | { readonly kind: "error"; readonly type: string; readonly message: string };

export class Lambda {
  private idle: Sandbox[] = [];
  private readonly all = new Set<Sandbox>();
  /** The function's standard output and standard error. */
  readonly output: string[] = [];
  /** Processes started so far. */
  started = 0;

  constructor(private readonly options: LambdaOptions) {}

  async invoke(event: unknown): Promise<InvocationResult> {
    const sandbox = this.idle.pop() ?? (await this.start());
    const result = await sandbox.invoke(event, this.options.timeout * 1000);
    if (sandbox.alive) this.idle.push(sandbox);
    else this.all.delete(sandbox);
    return result;
  }

  /** Kills every process, as when a machine fails. */
  kill(): void {
    for (const sandbox of this.all) sandbox.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    await Promise.all([...this.all].map((sandbox) => sandbox.stop()));
    this.idle = [];
    this.all.clear();
  }

  private async start(): Promise<Sandbox> {
    this.started += 1;
    const sandbox = await Sandbox.start(this.options, (text) => this.output.push(text));
    this.all.add(sandbox);
    return sandbox;
  }
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly deadline: number;
  readonly finish: (result: InvocationResult) => void;
}

/** One execution environment with its own Runtime API. */
class Sandbox {
  private waiting: ServerResponse | undefined;
  private invocation: Invocation | undefined;
  private server: Loopback | undefined;
  private child: ChildProcess | undefined;
  private initError: InvocationResult | undefined;
  alive = true;

  static async start(options: LambdaOptions, output: (text: string) => void): Promise<Sandbox> {
    const sandbox = new Sandbox();
    sandbox.server = await loopback((request, response) => void sandbox.answer(request, response));
    const folder = dirname(options.file);
    const { program, takesHandler } = options.client ?? OWN_CLIENT;
    const child = spawn(process.execPath, takesHandler ? [program, options.handler] : [program], {
      cwd: folder,
      env: {
        ...options.variables,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${sandbox.server.port}`,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: options.handler,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.setEncoding("utf8").on("data", output);
    child.stderr.setEncoding("utf8").on("data", output);
    child.on("exit", () => sandbox.ended());
    sandbox.child = child;
    return sandbox;
  }

  invoke(event: unknown, milliseconds: number): Promise<InvocationResult> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.finish({ kind: "error", type: "Sandbox.Timedout", message: `Task timed out after ${milliseconds} ms` });
        this.kill("SIGKILL");
      }, milliseconds);
      const finish = (result: InvocationResult) => {
        clearTimeout(timer);
        resolve(result);
      };
      this.invocation = { id: randomUUID(), event, deadline: Date.now() + milliseconds, finish };
      if (!this.alive) this.ended();
      else this.hand();
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.alive = false;
    this.child?.kill(signal);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      this.kill("SIGKILL");
      await exited;
    }
    await this.server?.close();
  }

  private ended(): void {
    this.alive = false;
    void this.server?.close();
    this.finish(this.initError ?? { kind: "error", type: "Runtime.ExitError", message: "the process ended" });
  }

  private finish(result: InvocationResult): void {
    const { invocation } = this;
    this.invocation = undefined;
    invocation?.finish(result);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    if (path.endsWith("/invocation/next")) {
      this.waiting = response;
      return this.hand();
    }
    const value: unknown = await json(request);
    response.writeHead(202).end();
    if (path.endsWith("/init/error")) this.initError = failure(value);
    else if (path.includes(this.invocation?.id ?? "none")) {
      this.finish(path.endsWith("/error") ? failure(value) : { kind: "response", value });
    }
  }

  private hand(): void {
    const { waiting, invocation } = this;
    if (waiting === undefined || invocation === undefined) return;
    this.waiting = undefined;
    waiting.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": invocation.id,
      "lambda-runtime-deadline-ms": String(invocation.deadline),
      "lambda-runtime-invoked-function-arn": "arn:aws:lambda:us-east-1:111122223333:function:relay:live",
    });
    waiting.end(JSON.stringify(invocation.event));
  }
}

function failure(value: unknown): InvocationResult {
  const described = typeof value === "object" && value !== null ? new Map(Object.entries(value)) : new Map();
  return { kind: "error", type: String(described.get("errorType")), message: String(described.get("errorMessage")) };
}
