/** `relay replay`: sends parked events back to work, after a person has cured what held them. */

import { chosenFrom } from "../../cli/choice";
import { type Command, CommandError, EXIT, stringOption } from "../../cli/command";
import { PARK_REASONS, type ParkReason, REASONS } from "../../relay/reasons";
import { columns } from "../../report/reporters/columns";
import { ENVIRONMENT_HELP, ENVIRONMENT_OPTION, withRelay } from "../shared/open-relay";
import { releaseClose } from "./release-close";

/** Events sent back in one step; progress is told after each. */
const STEP = 100;

export const command: Command = {
  summary: "send parked events back to work, or free a stuck close",
  usage: "(--reason <reason> | --release <conversation>) [--environment <name>] [--json]",
  help: `
Parked events are kept for a person, with the reason. Fix the cause, then replay them: each is decided again.

--release frees the closes of one conversation that \`relay explain\` shows as pending or retrying and that do not move,
because their event waits for a wrong time or was lost. The relay works on them at once. The command prints what applies:
- A request whose answer was lost may have reached the customer. With policy.ambiguous "retry" it is sent again, and the
  customer may get two surveys.
- A lost event is replaced by a copy from the ledger. The copy names no agent and nobody who closed the conversation: the
  survey is about the agent that the conversation has now, and exclude.closedBy does not apply.
- With delivery "forward" there can be no copy. On AWS the command cannot see SQS, so it always sends a copy.

Reasons
${columns({ headings: ["", ""], rows: PARK_REASONS.map((reason) => [reason, REASONS[reason]]) })
  .map((line) => `  ${line}`)
  .join("\n")}

Options
  --reason <reason>         Which parked events.
  --release <conversation>  Frees the closes of this conversation.
${ENVIRONMENT_HELP}
  --json                    One JSON object, for scripts.

Examples
  relay replay --reason refused-by-stella
  relay replay --reason gave-up --environment production
  relay replay --release Wd6Jq1uXQfS0c9PzKt3Myg
`,
  options: {
    ...ENVIRONMENT_OPTION,
    reason: { type: "string" },
    release: { type: "string" },
    json: { type: "boolean" },
  },
  choices: { reason: PARK_REASONS },
  positionals: { min: 0, max: 0 },
  async run(invocation, terminal) {
    const conversation = stringOption(invocation, "release");
    if (conversation !== undefined) {
      if (invocation.values.reason !== undefined) throw new CommandError("give --reason or --release, not both.");
      return withRelay(invocation, terminal, (relay) => releaseClose(relay, conversation, invocation, terminal));
    }
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
  if (value !== undefined) return chosenFrom("--reason", value, PARK_REASONS);
  throw new CommandError(
    `--reason is missing. It takes one of: ${PARK_REASONS.join(", ")}. To free a stuck close, give --release <conversation>.`,
  );
}
