/** The real Terraform on one synthesized stack: what `cdktf plan` and `cdktf apply` run, without their frames. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import type { PlannedChange } from "./facts";

const Change = z.object({
  actions: z.array(z.string()),
  before: z.unknown(),
  after: z.unknown(),
  before_sensitive: z.unknown(),
  after_sensitive: z.unknown(),
});
const Plan = z.object({
  resource_changes: z.array(z.object({ address: z.string(), mode: z.string(), change: Change })).default([]),
});

/** A line of `-json` output; only diagnostics are of interest. */
const Line = z.object({
  type: z.string(),
  diagnostic: z.object({ severity: z.string(), summary: z.string(), detail: z.string().default("") }).optional(),
});
export type Diagnostic = NonNullable<z.infer<typeof Line>["diagnostic"]>;

export interface PlanResult {
  /** Nothing to do. */
  readonly clean: boolean;
  readonly changes: readonly PlannedChange[];
  /** Warnings, which is where the provider tells causes. */
  readonly warnings: readonly Diagnostic[];
}

export class Terraform {
  constructor(
    /** The stack's folder: `cdktf.out/stacks/<environment>`. */
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly signal: AbortSignal,
  ) {}

  async init(): Promise<void> {
    // The state begins anew with every tour, whatever state the folder was used with before.
    await this.run(["init", "-input=false", "-no-color", "-reconfigure"], [0]);
  }

  /** Plans and keeps the plan, so that what is applied is what was seen. */
  async plan(): Promise<PlanResult> {
    const { code, diagnostics } = await this.run(
      ["plan", "-input=false", "-json", "-detailed-exitcode", "-out=tour.plan"],
      [0, 2],
    );
    const shown = await this.run(["show", "-json", "tour.plan"], [0]);
    const changes = Plan.parse(JSON.parse(shown.output)).resource_changes.flatMap(({ address, mode, change }) =>
      mode === "managed" && change.actions.join() !== "no-op"
        ? [{ address, actions: change.actions, changed: changedValues(change) }]
        : [],
    );
    return { clean: code === 0, changes, warnings: diagnostics.filter(({ severity }) => severity === "warning") };
  }

  /** Applies the plan that was made last. */
  async apply(): Promise<void> {
    await this.run(["apply", "-input=false", "-json", "tour.plan"], [0]);
  }

  private async run(args: readonly string[], expected: readonly number[]) {
    this.signal.throwIfAborted();
    const { code, output, errors } = await runProcess(this.env.TERRAFORM_BINARY_NAME || "terraform", args, {
      cwd: this.folder,
      env: this.env,
    });
    const diagnostics = args.includes("-json") && args[0] !== "show" ? readDiagnostics(output) : [];
    this.signal.throwIfAborted();
    if (expected.includes(code)) return { code, output, diagnostics };
    const told = diagnostics.filter(({ severity }) => severity === "error");
    const text = told.map(({ summary, detail }) => `${summary}\n${detail}`).join("\n\n") || errors || output;
    throw new Error(`terraform ${args[0]} failed with ${code}:\n${text.trim()}`);
  }
}

/** What of an existing resource changes, one value a line; what is sensitive or not known yet is left out. */
function changedValues(change: z.infer<typeof Change>): readonly string[] {
  const before = leaves(change.before);
  const after = leaves(change.after);
  const secret = new Set([...leaves(change.before_sensitive), ...leaves(change.after_sensitive)].map(([path]) => path));
  return [...before].flatMap(([path, value]) => {
    const next = after.get(path);
    if (next === undefined || next === value || secret.has(path)) return [];
    return [`${path}: ${value} -> ${next}`];
  });
}

/** Every plain value of a document by its path. */
function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object") return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value ?? {}).flatMap(([key, inner]) => [...leaves(inner, path === "" ? key : `${path}.${key}`)]),
  );
}

function readDiagnostics(output: string): readonly Diagnostic[] {
  return output.split("\n").flatMap((text) => {
    if (!text.startsWith("{")) return [];
    const line = Line.safeParse(JSON.parse(text));
    return line.success && line.data.diagnostic ? [line.data.diagnostic] : [];
  });
}

/** Runs the cdktf app by tsx into `outdir`, as the cdktf command line does. */
export async function synthesize(project: string, outdir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const tsx = join(project, "node_modules/tsx/dist/cli.mjs");
  const { code, output, errors } = await runProcess(process.execPath, [tsx, "stacks/main.ts"], {
    cwd: project,
    env: { ...env, CDKTF_OUTDIR: outdir },
  });
  if (code !== 0) throw new Error(`the stacks could not be synthesized:\n${(errors || output).trim()}`);
}

/** One process to its end. It is never killed on Ctrl-C: the terminal tells it too, and Terraform must end by itself. */
function runProcess(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<{ code: number; output: string; errors: string }>((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 130, output, errors }));
  });
}
