/** `relay resume`: the relay processes events again after a pause. */

import { type Command, EXIT } from "../../cli/command";
import { writeAnswer } from "../../cli/write-answer";
import { isOnAws } from "../../environment";
import { setPaused } from "../../relay/pause";
import { OPERATOR_HELP, OPERATOR_OPTIONS, withRelay } from "../shared/open-relay";

/** On AWS a stored event stays hidden for up to ten minutes after a worker saw that the relay is paused (relay/aws/worker.ts). */
function stored(onAws: boolean): string {
  return onAws
    ? "It processes new events at once, and events that it stored during the pause within 10 minutes."
    : "It also processes the events that it stored during the pause.";
}

export const command: Command = {
  summary: "processes events again after a pause",
  usage: "[--environment <name>] [--json]",
  help: `
Ends a pause. The relay processes the events that it stored, the oldest first.

Options
${OPERATOR_HELP}

Examples
  relay resume
  relay resume --environment production
`,
  options: OPERATOR_OPTIONS,
  positionals: { min: 0, max: 0 },
  run: (invocation, terminal) =>
    withRelay(invocation, terminal, async ({ environment, ledger }) => {
      const before = await setPaused(ledger, false);
      const result = { environment: environment.name, paused: false, pausedBefore: before };
      writeAnswer(invocation, terminal, result, () =>
        before === false
          ? `The relay of ${environment.name} was not paused.\n`
          : `The relay of ${environment.name} processes events again. ${stored(isOnAws(environment))}\n`,
      );
      return EXIT.ok;
    }),
};
