/** `relay pause`: stop working on events; they are accepted and stored as ever. */

import { type Command, EXIT } from "../../cli/command";
import { setPaused } from "../../relay/pause";
import { ENVIRONMENT_HELP, ENVIRONMENT_OPTION, withRelay } from "../shared/open-relay";

export const command: Command = {
  summary: "stop working on events; they are accepted and stored as ever",
  usage: "[--environment <name>] [--json]",
  help: `
Stops the work on stored events: nothing goes to Stella Connect. Gladly is answered as ever, and nothing is lost.

Options
${ENVIRONMENT_HELP}
  --json                    One JSON object, for scripts.

Examples
  relay pause
  relay pause --environment production
`,
  options: { ...ENVIRONMENT_OPTION, json: { type: "boolean" } },
  positionals: { min: 0, max: 0 },
  run: (invocation, terminal) =>
    withRelay(invocation, terminal, async ({ environment, ledger }) => {
      const before = await setPaused(ledger, true);
      if (invocation.values.json) {
        const result = { environment: environment.name, paused: true, pausedBefore: before };
        terminal.out(`${JSON.stringify(result, undefined, 2)}\n`);
        return EXIT.ok;
      }
      terminal.out(
        before === true
          ? `The relay of ${environment.name} is paused already.\n`
          : `The relay of ${environment.name} is paused: events are accepted and stored, and nothing is sent until \`relay resume\`.\n`,
      );
      return EXIT.ok;
    }),
};
