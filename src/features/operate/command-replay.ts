/** `relay replay`: sends parked events back to work, after a person has cured what held them. */

import { type Command, CommandError, EXIT, stringOption } from "../../cli/command";
import { PARK_REASONS, type ParkReason, REASONS } from "../../relay/reasons";
import { columns } from "../../report/reporters/columns";
import { ENVIRONMENT_HELP, ENVIRONMENT_OPTION, withRelay } from "../shared/open-relay";

/** Events sent back in one step; progress is told after each. */
const STEP = 100;

export const command: Command = {
  summary: "send parked events of one reason back to work",
  usage: "--reason <reason> [--environment <name>] [--json]",
  help: `
Parked events are kept for a person, with the reason. Cure the cause, then replay them: each is decided anew.

Reasons
${columns({ headings: ["", ""], rows: PARK_REASONS.map((reason) => [reason, REASONS[reason]]) })
  .map((line) => `  ${line}`)
  .join("\n")}

Options
  --reason <reason>         Which events.
${ENVIRONMENT_HELP}
  --json                    One JSON object, for scripts.

Examples
  relay replay --reason refused-by-stella
  relay replay --reason gave-up --environment production
`,
  options: { ...ENVIRONMENT_OPTION, reason: { type: "string" }, json: { type: "boolean" } },
  choices: { reason: PARK_REASONS },
  positionals: { min: 0, max: 0 },
  async run(invocation, terminal) {
    const reason = parkReason(stringOption(invocation, "reason"));
    return withRelay(invocation, terminal, async ({ environment, queue }) => {
      let total = 0;
      for (let moved = STEP; moved === STEP && !terminal.stop.aborted; ) {
        moved = await queue.replay(reason, STEP);
        total += moved;
        if (terminal.interactive && moved === STEP) terminal.err(`${total} sent back so far …\n`);
      }
      if (invocation.values.json) {
        terminal.out(`${JSON.stringify({ environment: environment.name, reason, replayed: total }, undefined, 2)}\n`);
        return EXIT.ok;
      }
      terminal.out(`${total} ${total === 1 ? "event" : "events"} parked as ${reason} went back to work.\n`);
      return EXIT.ok;
    });
  },
};

function parkReason(value: string | undefined): ParkReason {
  const reason = PARK_REASONS.find((candidate) => candidate === value);
  if (reason !== undefined) return reason;
  throw new CommandError(`--reason takes one of: ${PARK_REASONS.join(", ")}.`);
}
