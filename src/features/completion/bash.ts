/** Completion for bash 3.2 and later (macOS has 3.2): one function, no program started while somebody types. */
import type { CompletedCommand, Place } from "./model";
import { quoted } from "./quoted";

export interface CompletionScript {
  readonly commands: readonly CompletedCommand[];
  /** The folder of the environment files: looked into while typing, so that a new environment is known at once. */
  readonly environments: string;
}

export function bashScript({ commands, environments }: CompletionScript): string {
  const names = commands.map(({ name }) => name);
  return `# Completion of relay for bash. Put into ~/.bashrc:  source <(relay completion bash)
_relay_environments() {
  local file
  for file in ${quoted(environments)}/*.ts; do
    [[ -e $file ]] || continue
    file=\${file##*/}
    printf '%s\\n' "\${file%.ts}"
  done
}

_relay() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  local kind= words= options= i place=0
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${quoted([...names, "help", "--help", "--version"].join(" "))} -- "$word"))
    return
  fi
  if [[ $command == help ]]; then
    COMPREPLY=($(compgen -W ${quoted(names.join(" "))} -- "$word"))
    return
  fi
  # The value of an option; else an argument, counted from 0.
  case "$command $before" in
${commands.flatMap(optionCases).join("\n")}
  esac
  if [[ -z $kind ]]; then
    for ((i = 2; i < COMP_CWORD; i++)); do
      case "$command \${COMP_WORDS[i]}" in
${commands.flatMap(valueSkips).join("\n")}
        *' '-*) ;;
        *) place=$((place + 1)) ;;
      esac
    done
    case "$command" in
${commands.map(({ name, options }) => `      ${name}) options=${quoted(options.map(({ long }) => long).join(" "))} ;;`).join("\n")}
    esac
    case "$command $place" in
${commands.flatMap(placeCases).join("\n")}
    esac
    if [[ $word == -* ]]; then kind=words words=$options; fi
  fi
  case "$kind" in
    words) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    environments) COMPREPLY=($(compgen -W "$(_relay_environments)" -- "$word")) ;;
    files) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _relay relay
`;
}

function optionCases({ name, options }: CompletedCommand): readonly string[] {
  return options.flatMap(({ long, short, value }) => {
    if (value === undefined) return [];
    const patterns = [long, ...(short === undefined ? [] : [short])].map((flag) => quoted(`${name} ${flag}`));
    return [`    ${patterns.join("|")}) ${setting(value)} ;;`];
  });
}

/** What an option takes is no argument of its own. */
function valueSkips({ name, options }: CompletedCommand): readonly string[] {
  const flags = options.flatMap(({ long, short, value }) =>
    value === undefined ? [] : [long, ...(short === undefined ? [] : [short])],
  );
  return flags.length === 0
    ? []
    : [`        ${flags.map((flag) => quoted(`${name} ${flag}`)).join("|")}) i=$((i + 1)) ;;`];
}

function placeCases({ name, places, repeats }: CompletedCommand): readonly string[] {
  return places.map((place, index) => {
    const last = repeats && index === places.length - 1;
    return `      ${last ? `${quoted(`${name} `)}*` : quoted(`${name} ${index}`)}) ${setting(place)} ;;`;
  });
}

function setting(place: Place): string {
  return place.kind === "words" ? `kind=words words=${quoted(place.words.join(" "))}` : `kind=${place.kind}`;
}
