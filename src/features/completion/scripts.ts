/**
 * The scripts of the shells. They do not know the commands: each calls `relay completion --words` for candidates, so that a
 * new environment, command or option works at once. The output has one candidate per line, `word<tab>description`. A line
 * `:files` tells the shell to add files.
 */

/** @param program the command line of this package's relay; paths with special characters are quoted */
type Script = (program: readonly string[]) => string;

/** Quotes any text as one word for a POSIX shell. */
const posix = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** Inside single quotes, fish interprets a backslash before a quote and before a backslash. */
const fishWord = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const bash: Script = (
  program,
) => `# Completion of relay for bash 3.2 and later. In ~/.bashrc:  source <(npx relay completion bash)
command -v relay >/dev/null || relay() { npx relay "$@"; }
_relay() {
  local line word
  COMPREPLY=()
  word=\${COMP_WORDS[COMP_CWORD]}
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$word")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <(${program.map(posix).join(" ")} completion --words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _relay relay
`;

const zsh: Script = (program) => `#compdef relay
# Completion of relay for zsh. In ~/.zshrc, after compinit:  source <(npx relay completion zsh)
(( $+commands[relay] )) || relay() { npx relay "$@" }
_relay() {
  local line files=0
  local -a found
  for line in "\${(@f)$(${program.map(posix).join(" ")} completion --words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then
      files=1
    elif [[ -n $line ]]; then
      found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done
  (( $#found )) && _describe -t relay relay found
  (( files )) && _files
  return 0
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _relay "$@"; else compdef _relay relay; fi
`;

const fish: Script = (
  program,
) => `# Completion of relay for fish. In ~/.config/fish/config.fish:  npx relay completion fish | source
type -q relay; or function relay; npx relay $argv; end
function __relay_complete
  set -l typed (commandline -opc)[2..-1] (commandline -ct)
  for line in (${program.map(fishWord).join(" ")} completion --words -- $typed 2>/dev/null)
    if test "$line" = :files
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c relay -f -a '(__relay_complete)'
`;

export const SHELLS: Readonly<Record<string, Script>> = { bash, zsh, fish };
