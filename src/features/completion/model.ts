/** What can be completed, read from the commands themselves: their options, their usage, and the words they name. */
import type { Command } from "../../cli/command";
import { SURVEY_MODES } from "../../contract/survey-mode";
import { SEVERITIES } from "../../report/report";
import { FORMATS } from "../../report/reporters";

/** What stands in one place of a command line. */
export type Place =
  | { readonly kind: "environments" }
  | { readonly kind: "files" }
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** Something that only the person knows, such as an id. */
  | { readonly kind: "unknown" };

export interface CompletedOption {
  /** `--environment` */
  readonly long: string;
  /** `-e` */
  readonly short?: string;
  /** Undefined when it takes no value. */
  readonly value?: Place;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly places: readonly Place[];
  /** The last place may be filled again and again. */
  readonly repeats: boolean;
}

/** Options that mean the same in every command. */
const KNOWN: Readonly<Record<string, Place>> = {
  environment: { kind: "environments" },
  format: { kind: "words", words: FORMATS },
  "fail-on": { kind: "words", words: SEVERITIES },
  "survey-mode": { kind: "words", words: SURVEY_MODES },
};

export function completedCommand(name: string, command: Command): CompletedCommand {
  const places = placesOf(command);
  return {
    name,
    summary: command.summary,
    options: [
      ...Object.entries(command.options).map(([option, { type, short }]) => ({
        long: `--${option}`,
        ...(short === undefined ? {} : { short: `-${short}` }),
        ...(type === "string" ? { value: optionValue(option, command) } : {}),
      })),
      { long: "--help", short: "-h" },
    ],
    places,
    repeats: command.positionals.max > places.length || /\.\.\./.test(command.usage.split(" [--")[0] ?? ""),
  };
}

function optionValue(option: string, { choices, help }: Command): Place {
  const words = choices?.[option];
  if (words !== undefined) return { kind: "words", words };
  const known = Object.hasOwn(KNOWN, option) ? KNOWN[option] : undefined;
  if (known !== undefined) return known;
  // What the help calls a file is one: `--out <file>`.
  const [, value = ""] = new RegExp(`--${option} <([^>]*)>`).exec(help) ?? [];
  return { kind: /file|folder/.test(value) ? "files" : "unknown" };
}

/** The arguments as `usage` writes them, before its first option: `put|rotate <environment> [<secret>]`. */
function placesOf({ usage, choices = {} }: Command): readonly Place[] {
  const [written = ""] = usage.split(/(?:^| )\[?--/);
  const pieces = written.match(/\[?<[^>]*>(?:\.\.\.)?\]?|\S+/g) ?? [];
  return pieces.map((piece) => {
    const word = piece.replace(/[[\]<>]|\.\.\./g, "");
    if (/^[a-z-]+(\|[a-z-]+)+$/.test(word)) return { kind: "words", words: word.split("|") };
    const words = choices[word];
    if (words !== undefined) return { kind: "words", words };
    if (/environment|stack/.test(word)) return { kind: "environments" };
    if (/file|folder|\.json$/.test(word)) return { kind: "files" };
    return { kind: "unknown" };
  });
}
