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
      tour: () => require("./features/tour/command"),
      sandbox: () => require("./features/sandbox/command"),
      serve: () => require("./features/serve/command"),
    },
  },
  {
    title: "Every day",
    commands: {
      review: () => require("./features/review/command"),
      drift: () => require("./features/drift/command"),
      explain: () => require("./features/explain/command"),
    },
  },
  {
    title: "Before going live",
    commands: {
      adopt: () => require("./features/adopt/command"),
      preview: () => require("./features/preview/command"),
      readiness: () => require("./features/readiness/command"),
      secrets: () => require("./features/secrets/command"),
    },
  },
  {
    title: "Operate",
    commands: {
      pause: () => require("./features/operate/command-pause"),
      resume: () => require("./features/operate/command-resume"),
      replay: () => require("./features/operate/command-replay"),
      reconcile: () => require("./features/operate/command-reconcile"),
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
      cost: () => require("./features/cost/command"),
      diagram: () => require("./features/diagram/command"),
    },
  },
  {
    title: "This command",
    commands: {
      completion: () => require("./features/completion/command"),
    },
  },
];

const LOADS: ReadonlyMap<string, Load> = new Map(GROUPS.flatMap(({ commands }) => Object.entries(commands)));

export const COMMAND_NAMES: readonly string[] = [...LOADS.keys()];

/** The command of that name; undefined when there is none. */
export function findCommand(name: string): Command | undefined {
  return LOADS.get(name)?.().command;
}
