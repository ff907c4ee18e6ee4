/** `relay replay --release`: releases the closes of one conversation, and names the risks. */
import { EXIT, type Invocation, type Terminal } from "../../cli/command";
import { factsText } from "../../cli/table";
import { jsonText } from "../../contract/json";
import { type Released, release } from "../../relay/release";
import { printable } from "../../report/printable";
import type { OpenRelay } from "../shared/opened-relay";

type Close = Released["closes"][number];

export async function releaseClose(
  { environment, ledger, queue, hasten }: OpenRelay,
  conversation: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const released = await release(
    { ledger, queue, hasten, forwards: environment.delivery === "forward", clock: { now: () => Date.now() } },
    conversation,
  );
  const { waiting, closes } = released;
  const freed = closes.some(({ outcome }) => outcome === "waiting" || outcome === "copied") || waiting > 0;
  if (invocation.values.json) {
    terminal.out(jsonText({ environment: environment.name, conversation, ...released }));
  } else if (closes.length === 0 && waiting === 0) {
    terminal.err(`The relay of ${environment.name} knows no close of conversation ${printable(conversation)}.\n`);
  } else terminal.out(factsText(facts(released), terminal));
  return freed ? EXIT.ok : EXIT.failed;
}

function facts({ waiting, closes }: Released): readonly (readonly [string, string])[] {
  const known = closes.map((close) => [close.eventId, WORDS[close.outcome](close)] as const);
  const risks = [
    ...(closes.some(({ answerLost }) => answerLost) ? [["risk", LOST_ANSWER] as const] : []),
    ...(closes.some(({ outcome }) => outcome === "copied") ? [["risk", COPY] as const] : []),
  ];
  return [...(known.length > 0 ? known : [["events", `${waiting}, processed now`] as const]), ...risks];
}

const LOST_ANSWER =
  'a request was sent and its answer was lost. With policy.ambiguous "retry" it is sent again, and the customer may get two surveys';
const COPY =
  "the copy does not say who was assigned or who closed the conversation: the survey is about the current agent, and exclude.closedBy does not apply";

const WORDS: Readonly<Record<Close["outcome"], (close: Close) => string>> = {
  waiting: () => "released: its event exists and is processed now",
  copied: () => "released: a copy from the ledger replaces its event",
  lost: () => 'not released: its event is lost, and with delivery "forward" no copy can replace it',
  busy: () => "not released: a worker has it. Check again in a minute with `relay explain`",
  finished: ({ state }) =>
    state === "parked"
      ? "not released: it is parked. Use `relay replay --reason`"
      : `not released: it is finished (${state})`,
};
