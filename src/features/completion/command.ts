/** `relay completion`: prints the script with which a shell completes commands, options, environments and files. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, CommandError, type CommandGroup, EXIT, findCommand } from "../../cli/command";
import { environmentsFolder, packageRoot } from "../../contract/locations";
import { didYouMean } from "../../contract/nearest";
import { complete } from "./complete";
import { SHELLS } from "./scripts";

export const command: Command = {
  summary: "prints a script that completes commands, options, environments and files",
  usage: "[bash|zsh|fish]",
  help: `
Prints a script for your shell that completes \`relay\`. Without such a command, it defines \`relay\` as \`npx relay\`.

Options
  --words   Print completions of the words after --. The scripts use it.

Examples
  source <(npx relay completion bash)          in ~/.bashrc
  source <(npx relay completion zsh)           in ~/.zshrc, after compinit
  npx relay completion fish | source           in ~/.config/fish/config.fish
`,
  options: { words: { type: "boolean" } },
  positionals: { min: 0, max: Number.POSITIVE_INFINITY },
  async run(invocation, terminal, groups) {
    if (invocation.values.words === true) {
      const context = { groups, summaryOf: summaries(groups), environments: environmentsFolder(terminal.env) };
      const { candidates, files } = complete(invocation.positionals, context);
      for (const { word, description } of candidates) terminal.out(`${word}\t${description}\n`);
      if (files) terminal.out(":files\n");
      return EXIT.ok;
    }
    const [shell = "", more] = invocation.positionals;
    const names = Object.keys(SHELLS);
    if (shell === "") throw new CommandError(`which shell? One of ${names.join(", ")}.`);
    if (more !== undefined) throw new CommandError(`there is one argument too many: "${more}".`);
    const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
    if (script === undefined) {
      throw new CommandError(
        `there is no completion for "${shell}", only for ${names.join(", ")}.${didYouMean(shell, names)}`,
      );
    }
    terminal.out(script([process.execPath, join(packageRoot(), "bin/relay.mjs")]));
    return EXIT.ok;
  },
};

/** The summaries from the build, because loading every command would take a second at each Tab. */
function summaries(groups: readonly CommandGroup[]): (name: string) => string {
  const file = join(__dirname, "../../summaries.json");
  const built: Readonly<Record<string, string>> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return (name) => built[name] ?? findCommand(name, groups)?.summary ?? "";
}
