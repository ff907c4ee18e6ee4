/** `relay terraform`: the engine itself on a synthesized stack, as the other commands run it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Command, CommandError } from "../../cli/command";
import { outputFolder, stackFolder } from "../../contract/locations";
import { didYouMean } from "../../contract/nearest";
import { terraformEnvironment } from "../../terraform/engine";

export const command: Command = {
  summary: "runs Terraform's own commands on a stack, such as `state list` or `force-unlock`",
  usage: "<stack> <command> [<argument>...]",
  help: `
Runs the Terraform or OpenTofu that the other commands use, in the folder of a stack that was synthesized before. It finds the
Gladly provider whatever your Terraform CLI configuration says. Write arguments that begin with a dash after --. The exit code
is the engine's.

Examples
  relay terraform sandbox state list
  relay terraform production force-unlock <ID>
  relay terraform sandbox -- show -no-color
`,
  options: {},
  positionals: { min: 2, max: 100 },
  async run({ positionals: [stack = "", ...args] }, terminal) {
    const outdir = outputFolder(terminal.env);
    const folder = stackFolder(outdir, stack);
    if (!/^[\w-]+$/.test(stack) || !existsSync(join(folder, "cdk.tf.json"))) {
      throw new CommandError(
        `the stack "${stack}" is not in ${outdir}. \`npx cdktf synth\` writes every stack there, and ` +
          `\`npx cdktf list\` lists them.${didYouMean(stack, synthesized(outdir))}`,
      );
    }
    const env = await terraformEnvironment(terminal.env);
    // Ctrl-C reaches it from the terminal, and it must end by itself or it keeps its lock.
    const child = spawn(env.TERRAFORM_BINARY_NAME ?? "terraform", args, { cwd: folder, env, stdio: "inherit" });
    const [code, signal] = await once(child, "close");
    return typeof code === "number" && signal === null ? code : 130;
  },
};

function synthesized(outdir: string): readonly string[] {
  const folder = stackFolder(outdir, "");
  return existsSync(folder) ? readdirSync(folder) : [];
}
