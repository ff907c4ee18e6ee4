/** `relay explain`: why a survey was or was not sent. */

import { type Command, EXIT, type Terminal } from "../../cli/command";
import { factsText } from "../../cli/table";
import { writeAnswer } from "../../cli/write-answer";
import { type Environment, isOnAws } from "../../environment";
import { type Explanation, explain } from "../../relay/explain";
import { isPaused } from "../../relay/pause";
import { type Mark, readMark } from "../../relay/relay-time";
import { printable } from "../../report/printable";
import { ENVIRONMENT_HELP, OPERATOR_OPTIONS, withRelay } from "../shared/open-relay";

export const command: Command = {
  summary: "shows why a survey was or was not sent for a conversation",
  usage: "<conversation> [--environment <name>] [--json]",
  help: `
Shows what happened to each close of a conversation, and why. It reads the relay's ledger, so the relay need not run.
"sent" means that Stella Connect accepted the request. In production with policy.feedback, "Stella says" shows what
Stella's own list reports minutes later, such as "Not sent: suppression period".

Options
${ENVIRONMENT_HELP}
  --json                    A JSON array, for scripts.

Examples
  relay explain Wd6Jq1uXQfS0c9PzKt3Myg
  relay explain -- -Jq1uXQfS0c9PzKt3Mygx      an id that begins with a dash
`,
  options: OPERATOR_OPTIONS,
  positionals: { min: 1, max: 1 },
  run: (invocation, terminal) =>
    withRelay(invocation, terminal, async ({ environment, ledger }) => {
      const conversation = invocation.positionals[0] ?? "";
      const found = await explain(ledger, conversation);
      writeAnswer(invocation, terminal, found, () => found.map((close) => describe(close, terminal)).join("\n"));
      if (found.length > 0) return EXIT.ok;
      const [{ mark }, paused] = await Promise.all([readMark(ledger, undefined), isPaused(ledger)]);
      const unknown = `The relay of ${environment.name} knows no close of conversation ${printable(conversation)}.`;
      terminal.err(`${[unknown, ...inQueue(environment, paused), missed(mark, environment)].join(" ")}\n`);
      return EXIT.failed;
    }),
};

/** On AWS an event appears in the ledger only after a worker took it from the queue, which cannot be searched. */
function inQueue(environment: Environment, paused: boolean): readonly string[] {
  if (!isOnAws(environment)) return [];
  return [
    paused
      ? `The relay is paused, so accepted events wait in the queue, and this command cannot see them. \`npx relay resume --environment ${environment.name}\` processes them.`
      : "An event that was just accepted shows here as soon as the worker takes it from the queue.",
  ];
}

/** What happens to a close that was never delivered, according to the relay's own notes. */
function missed({ begin, at, elsewhere }: Mark, environment: Environment): string {
  if (begin === undefined && elsewhere !== undefined) {
    return "Gladly's webhook pointed to Stella Connect at the last look, so Stella gets the closes and the relay does not.";
  }
  if (begin === undefined && at === undefined) {
    return (
      "No PING and no event from Gladly has reached this relay yet, so it does not fetch missed closes. " +
      "Check the webhook with `npx cdktf plan`."
    );
  }
  const since = begin === undefined ? "" : ` that was closed after ${new Date(begin).toISOString()}`;
  return (
    `If it is one${since} and less than 24 hours ago, the relay fetches it from Gladly's history at its next look, within ` +
    `five minutes. ${isOnAws(environment) ? "" : "`relay reconcile --hours 24` looks now. "}An earlier close was not this relay's.`
  );
}

/** One close, with one fact per line. Unknown facts are omitted. */
function describe(explanation: Explanation, terminal: Terminal): string {
  const { state, reason, meaning, detail, deliveryStatus, surveyMode, attempts, duplicates, lostAnswers } = explanation;
  const rows: readonly (readonly [string, string | number | undefined])[] = [
    ["outcome", reason === undefined ? state : `${state}: ${reason}`],
    ["because", meaning],
    ["detail", detail],
    ["Stella says", deliveryStatus],
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
