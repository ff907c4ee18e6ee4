/** Every command of `relay`, in the groups that `relay --help` shows. A new command is one line here. */
import type { Command } from "./cli/command";

type Load = () => { readonly command: Command };

export interface Group {
  readonly title: string;
  /** Loaded when used: a command must not pay for the libraries of the others. */
  readonly commands: Readonly<Record<string, Load>>;
}

export const GROUPS: readonly Group[] = [
  {
    title: "Try it",
    commands: {
      tour: () => require("./cli/tour"),
      sandbox: () => require("./cli/sandbox"),
      serve: () => require("./cli/serve"),
    },
  },
  {
    title: "Every day",
    commands: {
      review: () => require("./features/review/command"),
      drift: () => require("./features/drift/command"),
      explain: () => require("./cli/explain"),
    },
  },
  {
    title: "Before going live",
    commands: {
      adopt: () => require("./features/adopt/command"),
      preview: () => require("./features/preview/command"),
      readiness: () => require("./features/readiness/command"),
      secrets: () => require("./cli/secrets"),
    },
  },
  {
    title: "Operate",
    commands: {
      pause: () => require("./cli/pause"),
      resume: () => require("./cli/resume"),
      replay: () => require("./cli/replay"),
      reconcile: () => require("./cli/reconcile"),
    },
  },
  {
    title: "In pipelines",
    commands: {
      ci: () => require("./features/ci/command"),
    },
  },
  {
    title: "Look at",
    commands: {
      cost: () => require("./cli/cost"),
      diagram: () => require("./cli/diagram"),
    },
  },
  {
    title: "This command",
    commands: {
      completion: () => require("./cli/completion"),
    },
  },
];

const LOADS: ReadonlyMap<string, Load> = new Map(GROUPS.flatMap(({ commands }) => Object.entries(commands)));

export const COMMAND_NAMES: readonly string[] = [...LOADS.keys()];

/** The command of that name; undefined when there is none. */
export function findCommand(name: string): Command | undefined {
  return LOADS.get(name)?.().command;
}
