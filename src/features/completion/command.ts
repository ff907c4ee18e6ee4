/** `relay completion`: the script by which a shell completes commands, options and environments. */

import { type Command, CommandError, commandNames, EXIT, findCommand } from "../../cli/command";
import { didYouMean } from "../../cli/nearest";
import { environmentsFolder } from "../../contract/locations";
import { bashScript, type CompletionScript } from "./bash";
import { fishScript } from "./fish";
import { completedCommand } from "./model";
import { zshScript } from "./zsh";

const SHELLS: Readonly<Record<string, (script: CompletionScript) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export const command: Command = {
  summary: "have your shell complete commands, options and environments",
  usage: "bash|zsh|fish",
  help: `
Prints a script for a shell, made from the commands that there are. Environments are looked up while you type. A shell
completes \`relay\`, not \`npx relay\`: have \`alias relay='npx relay'\`, or node_modules/.bin on the PATH.

Examples
  source <(npx relay completion bash)          in ~/.bashrc
  source <(npx relay completion zsh)           in ~/.zshrc, after compinit
  npx relay completion fish | source           in ~/.config/fish/config.fish
`,
  options: {},
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal, groups) {
    const shell = invocation.positionals[0] ?? "";
    const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
    if (script === undefined) {
      const names = Object.keys(SHELLS);
      throw new CommandError(
        `there is no completion for "${shell}", only for ${names.join(", ")}.${didYouMean(shell, names)}`,
      );
    }
    const commands = commandNames(groups).flatMap((name) => {
      const found = findCommand(name, groups);
      return found === undefined ? [] : [completedCommand(name, found)];
    });
    terminal.out(script({ commands, environments: environmentsFolder(terminal.env) }));
    return EXIT.ok;
  },
};
