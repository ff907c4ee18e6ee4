/** All commands of `relay`, in the groups of `relay --help`. A new command needs one line here. */
import type { CommandGroup, Terminal } from "./cli/command";
import { runCommandLine } from "./cli/main";

export const GROUPS: readonly CommandGroup[] = [
  {
    title: "Try it",
    commands: {
      tour: () => require("./features/tour/command"),
      sandbox: () => require("./features/sandbox/command"),
      serve: () => require("./features/serve/command"),
    },
  },
  {
    title: "Your own repository",
    commands: {
      init: () => require("./features/init/command"),
      upgrade: () => require("./features/init/command-upgrade"),
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
      erase: () => require("./features/operate/command-erase"),
      reconcile: () => require("./features/operate/command-reconcile"),
      terraform: () => require("./features/terraform/command"),
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

/** Runs one invocation of `relay` and returns its exit code. */
export function main(args: readonly string[], terminal?: Terminal): Promise<number> {
  return runCommandLine(GROUPS, args, terminal, (shown) => {
    const {
      nextSteps,
    }: typeof import("./features/next-steps/next-steps") = require("./features/next-steps/next-steps");
    return nextSteps(shown);
  });
}
