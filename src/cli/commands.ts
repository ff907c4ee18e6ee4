/** Every command of `relay`, in the groups that `relay --help` shows. A new command is one line here. */
import type { Command } from "./command";

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
      tour: () => require("./tour"),
      sandbox: () => require("./sandbox"),
      serve: () => require("./serve"),
    },
  },
  {
    title: "Every day",
    commands: {
      review: () => require("./review"),
      drift: () => require("./drift"),
      explain: () => require("./explain"),
    },
  },
  {
    title: "Before going live",
    commands: {
      adopt: () => require("./adopt"),
      preview: () => require("./preview"),
      readiness: () => require("./readiness"),
      secrets: () => require("./secrets"),
    },
  },
  {
    title: "Operate",
    commands: {
      pause: () => require("./pause"),
      resume: () => require("./resume"),
      replay: () => require("./replay"),
      reconcile: () => require("./reconcile"),
    },
  },
  {
    title: "In pipelines",
    commands: {
      ci: () => require("./ci"),
    },
  },
  {
    title: "Look at",
    commands: {
      cost: () => require("./cost"),
      diagram: () => require("./diagram"),
    },
  },
  {
    title: "This command",
    commands: {
      completion: () => require("./completion"),
    },
  },
];

const LOADS: ReadonlyMap<string, Load> = new Map(GROUPS.flatMap(({ commands }) => Object.entries(commands)));

export const COMMAND_NAMES: readonly string[] = [...LOADS.keys()];

/** The command of that name; undefined when there is none. */
export function findCommand(name: string): Command | undefined {
  return LOADS.get(name)?.().command;
}
