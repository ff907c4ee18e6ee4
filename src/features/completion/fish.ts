/** Completion for fish, with each command's line of what it is for. */
import type { CompletionScript } from "./bash";
import type { CompletedCommand, Place } from "./model";

export function fishScript({ commands, environments }: CompletionScript): string {
  const names = commands.map(({ name }) => name);
  return `# Completion of relay for fish. Put into ~/.config/fish/config.fish:  relay completion fish | source
function __relay_environments
  for file in ${quoted(environments)}/*.ts
    string replace -r '\\.ts$' '' (basename $file)
  end
end

complete -c relay -f
complete -c relay -n __fish_use_subcommand -a help -d 'tell about a command'
complete -c relay -n '__fish_seen_subcommand_from help' -a ${quoted(names.join(" "))}
complete -c relay -n __fish_use_subcommand -l version -d 'tell the version'
${commands.flatMap(linesOf).join("\n")}
`;
}

function linesOf({ name, summary, options, places }: CompletedCommand): readonly string[] {
  const seen = `complete -c relay -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c relay -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...options.map(({ long, short, value }) =>
      [
        `${seen} -l ${long.slice(2)}`,
        ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
        ...(value === undefined ? [] : [`-r${words(value)}`]),
      ].join(" "),
    ),
    ...places.flatMap((place) => (place.kind === "unknown" ? [] : [`${seen}${words(place)}`])),
  ];
}

function words(place: Place): string {
  switch (place.kind) {
    case "environments":
      return " -a '(__relay_environments)'";
    case "files":
      return " -F";
    case "words":
      return ` -a ${quoted(place.words.join(" "))}`;
    case "unknown":
      return "";
    default:
      return place satisfies never;
  }
}

/** Inside of single quotes fish reads a backslash before a quote and before a backslash. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
