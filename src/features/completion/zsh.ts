/** Completion for zsh, with each command's line of what it is for. */
import type { CompletionScript } from "./bash";
import type { CompletedCommand, Place } from "./model";
import { quoted } from "./quoted";

export function zshScript({ commands, environments }: CompletionScript): string {
  return `#compdef relay
# Completion of relay for zsh. Put into ~/.zshrc, after compinit:  source <(relay completion zsh)
_relay_environments() {
  local -a names=(${quoted(environments)}/*.ts(N:t:r))
  compadd -a names
}

_relay_commands() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`).join("\n")}
  )
  _describe command commands
}

_relay() {
  if ((CURRENT == 2)); then
    _relay_commands
    compadd -- help --help --version
    return
  fi
  case $words[2] in
    help) ((CURRENT == 3)) && _relay_commands ;;
${commands.map(commandCase).join("\n")}
  esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _relay "$@"; else compdef _relay relay; fi
`;
}

function commandCase({ name, options, places, repeats }: CompletedCommand): string {
  const specs = [
    ...options.map(({ long, value }) => quoted(value === undefined ? long : `${long}:value:${action(value)}`)),
    ...places.map((place, index) => {
      const last = repeats && index === places.length - 1;
      return quoted(`${last ? "*" : index + 1}:argument:${action(place)}`);
    }),
  ];
  return `    ${name}) shift words; ((CURRENT--)); _arguments ${specs.join(" ")} ;;`;
}

function action(place: Place): string {
  switch (place.kind) {
    case "environments":
      return "_relay_environments";
    case "files":
      return "_files";
    case "words":
      return `(${place.words.join(" ")})`;
    case "unknown":
      return " ";
    default:
      return place satisfies never;
  }
}
