/** `relay explain`: why a survey was or was not sent. */

import { type Command, EXIT, type Terminal } from "../../cli/command";
import { factsText } from "../../cli/table";
import { type Explanation, explain } from "../../relay/explain";
import { ENVIRONMENT_HELP, ENVIRONMENT_OPTION, withRelay } from "../shared/open-relay";

export const command: Command = {
  summary: "why a survey was or was not sent for a conversation",
  usage: "<conversation> [--environment <name>] [--json]",
  help: `
Reads the relay's ledger: what became of each close of a conversation, and why. The relay need not be running.

Options
${ENVIRONMENT_HELP}
  --json                    A JSON array, for scripts.

Examples
  relay explain Wd6Jq1uXQfS0c9PzKt3Myg
  relay explain -- -Jq1uXQfS0c9PzKt3Mygx      an id that begins with a dash
`,
  options: { ...ENVIRONMENT_OPTION, json: { type: "boolean" } },
  positionals: { min: 1, max: 1 },
  run: (invocation, terminal) =>
    withRelay(invocation, terminal, async ({ environment, ledger }) => {
      const conversation = invocation.positionals[0] ?? "";
      const found = await explain(ledger, conversation);
      if (invocation.values.json) terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
      else terminal.out(found.map((close) => describe(close, terminal)).join("\n"));
      if (found.length > 0) return EXIT.ok;
      terminal.err(
        `The relay of ${environment.name} knows of no close of conversation ${conversation}. ` +
          "If it was closed while the webhook was off, `relay reconcile --hours 24` finds it.\n",
      );
      return EXIT.failed;
    }),
};

/** One close, a line a fact; what is not known is left out. */
function describe(explanation: Explanation, terminal: Terminal): string {
  const { state, reason, meaning, detail, surveyMode, attempts, duplicates, lostAnswers } = explanation;
  const rows: readonly (readonly [string, string | number | undefined])[] = [
    ["outcome", reason === undefined ? state : `${state}: ${reason}`],
    ["because", meaning],
    ["detail", detail],
    ["survey mode", surveyMode],
    ["event", explanation.eventId],
    ["closed", explanation.closedAt],
    ["received", explanation.receivedAt],
    ["finished", explanation.finishedAt],
    ["next attempt", explanation.nextAttemptAt],
    ["attempts", attempts],
    ["answers lost", lostAnswers || undefined],
    ["duplicates dropped", duplicates || undefined],
  ];
  const known = rows.flatMap(([label, value]) =>
    value === undefined || value === "" ? [] : [[label, String(value)] as const],
  );
  return factsText(known, terminal);
}
