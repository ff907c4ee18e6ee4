/** `relay pause`: the relay accepts and stores events, but processes none. */

import { type Command, EXIT } from "../../cli/command";
import { writeAnswer } from "../../cli/write-answer";
import { setPaused } from "../../relay/pause";
import { OPERATOR_HELP, OPERATOR_OPTIONS, withRelay } from "../shared/open-relay";

export const command: Command = {
  summary: "stops processing events; the relay still accepts and stores them",
  usage: "[--environment <name>] [--json]",
  help: `
Pauses the relay. It still accepts and stores events from Gladly, so nothing is lost. It sends nothing to Stella Connect
until \`relay resume\`.

Options
${OPERATOR_HELP}

Examples
  relay pause
  relay pause --environment production
`,
  options: OPERATOR_OPTIONS,
  positionals: { min: 0, max: 0 },
  run: (invocation, terminal) =>
    withRelay(invocation, terminal, async ({ environment, ledger }) => {
      const before = await setPaused(ledger, true);
      const result = { environment: environment.name, paused: true, pausedBefore: before };
      writeAnswer(invocation, terminal, result, () =>
        before === true
          ? `The relay of ${environment.name} is already paused.\n`
          : `The relay of ${environment.name} is paused. It accepts and stores events, but sends nothing until \`relay resume\`.\n`,
      );
      return EXIT.ok;
    }),
};
