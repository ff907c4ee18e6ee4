/** The real Terraform on one synthesized stack: what `cdktf plan` and `cdktf apply` run, without their frames. */
import { z } from "zod";
import { type Plan, PlanSchema } from "./plan";
import { runProcess } from "./process";

const Diagnostic = z.object({
  severity: z.string(),
  summary: z.string(),
  detail: z.string().default(""),
  /** The resource that it is about. */
  address: z.string().optional(),
});
export type Diagnostic = z.infer<typeof Diagnostic>;

/** A line of `-json` output; only diagnostics are of interest. */
const Line = z.object({ type: z.string(), diagnostic: Diagnostic.optional() });

/** Terraform ended with an error: its own words, resource by resource. */
export class TerraformFailed extends Error {
  override readonly name = "TerraformFailed";
  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
  }
}

export interface PlanResult {
  /** Nothing to do. */
  readonly clean: boolean;
  readonly plan: Plan;
  /** Warnings, which is where the provider tells causes. */
  readonly warnings: readonly Diagnostic[];
}

export interface TerraformOptions {
  /** The stack's folder: `<outdir>/stacks/<stack>`. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** The saved plan's name in that folder. @default "relay.plan" */
  readonly planFile?: string;
}

export class Terraform {
  private readonly planFile: string;

  constructor(private readonly options: TerraformOptions) {
    this.planFile = options.planFile ?? "relay.plan";
  }

  /** @param args more arguments, such as `-reconfigure` */
  async init(...args: readonly string[]): Promise<void> {
    await this.run(["init", "-input=false", "-no-color", ...args], [0]);
  }

  /**
   * Plans and keeps the plan, so that what is applied is what was seen.
   *
   * @param args more arguments, such as `-refresh-only` or `-lock=false`
   * @throws TerraformFailed
   */
  async plan(...args: readonly string[]): Promise<PlanResult> {
    const { code, diagnostics } = await this.run(
      ["plan", "-input=false", "-json", "-detailed-exitcode", `-out=${this.planFile}`, ...args],
      [0, 2],
    );
    const shown = await this.run(["show", "-json", this.planFile], [0]);
    const plan = PlanSchema.parse(JSON.parse(shown.output));
    return { clean: code === 0, plan, warnings: diagnostics.filter(({ severity }) => severity === "warning") };
  }

  /** Applies the plan that was made last. */
  async apply(): Promise<void> {
    await this.run(["apply", "-input=false", "-json", this.planFile], [0]);
  }

  private async run(args: readonly string[], expected: readonly number[]) {
    const { folder, env, signal } = this.options;
    signal.throwIfAborted();
    const binary = env.TERRAFORM_BINARY_NAME || "terraform";
    const { code, output, errors } = await runProcess(binary, args, { cwd: folder, env }).catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      throw new TerraformFailed(`\`${binary}\` cannot be started: ${cause}. Install Terraform 1.11 or later.`);
    });
    const diagnostics = args.includes("-json") && args[0] !== "show" ? readDiagnostics(output) : [];
    signal.throwIfAborted();
    if (expected.includes(code)) return { code, output, diagnostics };
    const told = diagnostics.filter(({ severity }) => severity === "error");
    const text = told.map(({ summary, detail }) => `${summary}\n${detail}`).join("\n\n") || errors || output;
    throw new TerraformFailed(`terraform ${args[0]} failed with ${code}:\n${text.trim()}`, told);
  }
}

function readDiagnostics(output: string): readonly Diagnostic[] {
  return output.split("\n").flatMap((text) => {
    if (!text.startsWith("{")) return [];
    const line = Line.safeParse(JSON.parse(text));
    return line.success && line.data.diagnostic ? [line.data.diagnostic] : [];
  });
}
