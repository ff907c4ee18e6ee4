/** Runs the real Terraform on one synthesized stack, like `cdktf plan` and `cdktf apply` but without their output format. */
import { existsSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { messageOf } from "../contract/error-message";
import { Diagnostic } from "./diagnostic";
import { terraformEnvironment } from "./engine";
import { followMovedState } from "./moved-state";
import { type Plan, PlanSchema } from "./plan";
import { runProcess } from "./process";
import { splitJson } from "./split-json";

/** A line of `-json` output. Only diagnostics and progress are used. */
const Line = z.object({ type: z.string(), "@message": z.string().optional(), diagnostic: Diagnostic.optional() });

/** Terraform ended with an error. The message is its own, resource by resource. */
export class TerraformFailed extends Error {
  override readonly name = "TerraformFailed";
  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[] = [],
    /** What was planned before the error; undefined where nothing was. */
    readonly unfinished?: Omit<PlanResult, "clean">,
  ) {
    super(message);
  }
}

export interface PlanResult {
  /** Whether there are no changes. */
  readonly clean: boolean;
  readonly plan: Plan;
  /** Warnings, in which the provider reports causes. */
  readonly warnings: readonly Diagnostic[];
}

export interface TerraformOptions {
  /** The stack's folder: `<outdir>/stacks/<stack>`. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** The saved plan's name in that folder. @default "relay.plan" */
  readonly planFile?: string;
  /** Told what is waited for: the engine's step, and while it plans, each resource that is read. */
  readonly waitingFor?: (what: string) => void;
}

export class Terraform {
  private readonly planFile: string;

  constructor(private readonly options: TerraformOptions) {
    this.planFile = options.planFile ?? "relay.plan";
  }

  /**
   * @param args more arguments, such as `-reconfigure`
   * @throws StateMoved, TerraformFailed
   */
  async init(...args: readonly string[]): Promise<void> {
    followMovedState(this.options.folder, this.options.env);
    await this.run(["init", "-input=false", "-no-color", ...args], [0]);
  }

  /**
   * Plans and saves the plan, so that exactly this plan can be applied.
   *
   * @param args more arguments, such as `-refresh-only` or `-lock=false`
   * @throws TerraformFailed
   */
  async plan(...args: readonly string[]): Promise<PlanResult> {
    const { clean, diagnostics } = await this.savePlan(args);
    return { clean, ...(await this.saved(diagnostics)) };
  }

  /**
   * Plans and saves the plan without reading it, which saves a start of Terraform.
   *
   * @returns whether there are no changes
   * @throws TerraformFailed
   */
  async planUnread(): Promise<boolean> {
    return (await this.savePlan([])).clean;
  }

  private async savePlan(args: readonly string[]) {
    const { waitingFor } = this.options;
    // An older one would be taken for what this plan left behind.
    rmSync(join(this.options.folder, this.planFile), { force: true });
    const planned = this.run(
      ["plan", "-input=false", "-json", "-detailed-exitcode", `-out=${this.planFile}`, ...args],
      [0, 2],
      waitingFor && tellSteps(waitingFor, ["refresh_start"]),
    );
    const { code, diagnostics } = await planned.catch(async (error: unknown) => {
      // Terraform keeps what it planned before an error.
      if (!(error instanceof TerraformFailed) || !existsSync(join(this.options.folder, this.planFile))) throw error;
      throw new TerraformFailed(error.message, error.diagnostics, await this.saved(error.diagnostics));
    });
    return { clean: code === 0, diagnostics };
  }

  private async saved(diagnostics: readonly Diagnostic[]): Promise<Omit<PlanResult, "clean">> {
    const { output } = await this.run(["show", "-no-color", "-json", this.planFile], [0]);
    const { json, before } = splitJson(output);
    const warnings = diagnostics.filter(({ severity }) => severity === "warning");
    return { plan: PlanSchema.parse(JSON.parse(json)), warnings: [...warnings, ...before] };
  }

  /**
   * The saved plan: for people, or with `-json` for scripts. The JSON has sensitive values in plain text.
   *
   * @param args more arguments, such as `-json`
   */
  async show(...args: readonly string[]): Promise<string> {
    const { output } = await this.run(["show", "-no-color", ...args, this.planFile], [0]);
    return args.includes("-json") ? splitJson(output).json : output;
  }

  /**
   * Applies the last plan.
   *
   * @param tell called with Terraform's own progress messages, resource by resource
   */
  async apply(tell?: (message: string) => void): Promise<void> {
    await this.run(["apply", "-input=false", "-json", this.planFile], [0], tell && tellSteps(tell));
  }

  private async run(args: readonly string[], expected: readonly number[], onLine?: (line: string) => void) {
    const { folder, signal } = this.options;
    signal.throwIfAborted();
    const env = await terraformEnvironment(this.options.env);
    const binary = env.TERRAFORM_BINARY_NAME ?? "terraform";
    this.options.waitingFor?.(`${basename(binary)} ${args[0]}`);
    const { code, output, errors } = await runProcess(binary, args, {
      cwd: folder,
      env,
      ...(onLine === undefined ? {} : { onLine }),
    }).catch((error: unknown) => {
      const cause = messageOf(error);
      throw new TerraformFailed(`\`${binary}\` cannot be started: ${cause}.`);
    });
    const diagnostics = args.includes("-json") && args[0] !== "show" ? readDiagnostics(output) : [];
    signal.throwIfAborted();
    if (expected.includes(code)) return { code, output, diagnostics };
    const failures = diagnostics.filter(({ severity }) => severity === "error");
    const text = failures.map(({ summary, detail }) => `${summary}\n${detail}`).join("\n\n") || errors || output;
    throw new TerraformFailed(`${basename(binary)} ${args[0]} failed with ${code}:\n${text.trim()}`, diagnostics);
  }
}

/** Terraform's progress messages. Diagnostics are reported separately. */
const STEPS = ["apply_start", "apply_progress", "apply_complete", "apply_errored", "change_summary"];

function tellSteps(tell: (message: string) => void, steps: readonly string[] = STEPS): (line: string) => void {
  return (text) => {
    const line = text.startsWith("{") ? Line.safeParse(JSON.parse(text)).data : undefined;
    if (line?.["@message"] !== undefined && steps.includes(line.type)) tell(line["@message"]);
  };
}

function readDiagnostics(output: string): readonly Diagnostic[] {
  return output.split("\n").flatMap((text) => {
    if (!text.startsWith("{")) return [];
    const line = Line.safeParse(JSON.parse(text));
    return line.success && line.data.diagnostic ? [line.data.diagnostic] : [];
  });
}
