/** `relay replay`: puts parked events back into the queue after someone fixed the cause. */

import { chosenFrom } from "../../cli/choice";
import { type Command, CommandError, EXIT, stringOption } from "../../cli/command";
import { writeAnswer } from "../../cli/write-answer";
import { PARK_REASONS, type ParkReason, REASONS } from "../../relay/reasons";
import { count } from "../../report/report";
import { columns } from "../../report/reporters/columns";
import { OPERATOR_HELP, OPERATOR_OPTIONS, withRelay } from "../shared/open-relay";
import { releaseClose } from "./release-close";

/** Events per step; progress is shown after each. */
const STEP = 100;

export const command: Command = {
  summary: "processes parked events again, or releases a stuck close",
  usage: "(--reason <reason> | --release <conversation>) [--environment <name>] [--json]",
  help: `
The relay parks events that need someone to act, with the reason. Fix the cause, then replay them. The relay decides each
one again.

--release is for a stuck conversation: \`relay explain\` shows its closes as pending or retrying, and nothing happens
because their event was lost or waits for a wrong time. The relay then processes them at once. The command prints which
of these risks apply:

  answer lost  The request may have reached the customer. With policy.ambiguous "retry" the relay sends it again, and the
               customer may get two surveys.
  event lost   The relay uses a copy from the ledger. It does not say which agent had the conversation or who closed it. So
               the survey is about the agent that the conversation has now, and exclude.closedBy does not apply. On AWS
               this is always so, because the command cannot look into SQS. With delivery "forward" no copy is possible.

Reasons
${columns({ headings: ["", ""], rows: PARK_REASONS.map((reason) => [reason, REASONS[reason]]) })
  .map((line) => `  ${line}`)
  .join("\n")}

Options
  --reason <reason>         Replay the events that were parked for this reason.
  --release <conversation>  Release the closes of this conversation.
${OPERATOR_HELP}

Examples
  relay replay --reason refused-by-stella
  relay replay --reason gave-up --environment production
  relay replay --release Wd6Jq1uXQfS0c9PzKt3Myg
`,
  options: {
    ...OPERATOR_OPTIONS,
    reason: { type: "string" },
    release: { type: "string" },
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
        if (terminal.interactive && moved === STEP) terminal.err(`${total} back in the queue so far …\n`);
      }
      const result = { environment: environment.name, reason, replayed: total };
      writeAnswer(
        invocation,
        terminal,
        result,
        () => `${count(total, "event")} parked as ${reason} went back into the queue.\n`,
      );
      return EXIT.ok;
    });
  },
};

function parkReason(value: string | undefined): ParkReason {
  if (value !== undefined) return chosenFrom("--reason", value, PARK_REASONS);
  throw new CommandError(
    `--reason is missing. It takes one of: ${PARK_REASONS.join(", ")}. To release a stuck close, give --release <conversation>.`,
  );
}
