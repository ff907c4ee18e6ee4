/** What must hold after every chaos run, whatever happened in it; each invariant counts how often it was put to the test. */
import { type Explanation, explain } from "../../src/relay/explain";
import type { Ledger } from "../../src/relay/ports";
import type { ChaosRun } from "./commands";
import type { Kind, Talk, Vendors } from "./vendors";

export const INVARIANTS = [
  "ingest answers 200 to every authentic event while the store is up",
  "ingest answers 503 while the store is gone or fails",
  "everything acknowledged is in the ledger",
  "every close in Gladly's history is in the ledger exactly once",
  "every event comes to an end",
  "an eligible close that was not reopened ends in a survey",
  "an ineligible close ends without a survey, for the right reason",
  "Stella accepted exactly what the ledger says, or answers were lost, and they are counted",
  "without a lost answer nobody is asked twice about one close",
  "a redelivery never makes a second survey",
  "once per conversation is once",
] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** The reasons that a conversation of each kind may end with when nothing came between. */
const REASON: Readonly<Record<Kind, string>> = {
  eligible: "eligible",
  "no-agent": "no-agent",
  "no-email": "no-customer-email",
  "do-not-send": "do-not-send-topic",
  bot: "agent-is-bot",
  "bad-email": "no-usable-email",
  "no-name": "no-customer-name",
  spam: "excluded-topic",
  "by-api": "excluded-closer",
};
/** What is reported to Stella without a survey. */
const REPORTED: readonly Kind[] = ["do-not-send", "spam"];
/** Ends that depend on what happened meanwhile: the close was overtaken, or answers were lost, or processes kept dying. */
const OVERTAKEN = ["reopened", "superseded"];
const FOR_A_PERSON = ["answer-lost", "keeps-crashing"];

export class Exercised {
  private readonly counts = new Map<Invariant, number>();

  assert(invariant: Invariant, holds: boolean, describe: () => string): void {
    this.counts.set(invariant, (this.counts.get(invariant) ?? 0) + 1);
    if (!holds) throw new Error(`Broken: ${invariant}. ${describe()}`);
  }

  /** One line for each invariant. */
  report(): string {
    return INVARIANTS.map((invariant) => {
      const count = this.counts.get(invariant) ?? 0;
      return `${count === 0 ? "not exercised" : `${count} times`}: ${invariant}`;
    }).join("\n");
  }

  /** Invariants that no run has touched. */
  untouched(): readonly Invariant[] {
    return INVARIANTS.filter((invariant) => !this.counts.has(invariant));
  }
}

export async function checkInvariants(
  chaosRun: ChaosRun,
  vendors: Vendors,
  ledger: Ledger,
  exercised: Exercised,
  { once = false }: { readonly once?: boolean } = {},
): Promise<void> {
  const describe = new Map<string, readonly Explanation[]>();
  for (const talk of vendors.talks) describe.set(talk.id, await explain(ledger, talk.id));
  if (chaosRun.bodies.length > 0) {
    exercised.assert(
      "ingest answers 200 to every authentic event while the store is up",
      chaosRun.otherAnswers.length === 0,
      () => `answers ${chaosRun.otherAnswers.join(", ")}`,
    );
  }
  for (const answer of chaosRun.answersWithoutStore) {
    exercised.assert("ingest answers 503 while the store is gone or fails", answer === 503, () => `answered ${answer}`);
  }
  for (const body of chaosRun.acknowledged) checkAcknowledged(body, describe, exercised);
  // Refused once for the agent's profile, Stella is not asked about that agent for hours.
  const refusal = chaosRun.happened.has("Stella refusing") ? ["agent-profile-refused"] : [];
  for (const talk of vendors.talks) {
    const entries = describe.get(talk.id) ?? [];
    if (once) checkOnce(talk, entries, exercised);
    const surveyed = once && entries.some(({ state }) => state === "sent") ? ["already-surveyed"] : [];
    checkTalk(talk, entries, [...refusal, ...surveyed], exercised);
  }
}

function checkOnce(talk: Talk, entries: readonly Explanation[], exercised: Exercised): void {
  exercised.assert("once per conversation is once", entries.filter(({ state }) => state === "sent").length <= 1, () =>
    JSON.stringify({ talk: { ...talk, closes: talk.closes.length }, entries }, undefined, 1),
  );
}

function checkAcknowledged(
  body: string,
  describe: ReadonlyMap<string, readonly Explanation[]>,
  exercised: Exercised,
): void {
  const event = JSON.parse(body);
  const known = describe.get(event.content.conversationId) ?? [];
  const at = Date.parse(event.timestamp);
  exercised.assert(
    "everything acknowledged is in the ledger",
    known.some((entry) => Math.abs(Date.parse(entry.closedAt) - at) < 1000),
    () => `${event.id} was answered 200 and is not known`,
  );
}

function checkTalk(
  talk: Talk,
  entries: readonly Explanation[],
  refusal: readonly string[],
  exercised: Exercised,
): void {
  const tell = () => JSON.stringify({ talk: { ...talk, closes: talk.closes.length }, entries }, undefined, 1);
  exercised.assert(
    "every close in Gladly's history is in the ledger exactly once",
    entries.length === talk.closes.length,
    tell,
  );
  for (const [index, entry] of entries.entries()) {
    const last = index === entries.length - 1 && !talk.open;
    exercised.assert("every event comes to an end", entry.finishedAt !== undefined, tell);
    const allowed = [REASON[talk.kind], ...(last ? [] : OVERTAKEN), ...refusal, ...FOR_A_PERSON];
    const right = entry.reason !== undefined && allowed.includes(entry.reason);
    if (talk.kind === "eligible") {
      exercised.assert("an eligible close that was not reopened ends in a survey", right, tell);
    } else {
      const kind = REPORTED.includes(talk.kind) ? ["recorded", "skipped", "parked"] : ["skipped", "parked"];
      exercised.assert(
        "an ineligible close ends without a survey, for the right reason",
        right && kind.includes(entry.state) && talk.surveys === 0,
        tell,
      );
    }
  }
  checkAccepted(talk, entries, exercised, tell);
}

function checkAccepted(talk: Talk, entries: readonly Explanation[], exercised: Exercised, tell: () => string): void {
  const confirmed = entries.filter((entry) => entry.state === "sent" || entry.state === "recorded").length;
  const lost = entries.reduce((sum, entry) => sum + entry.lostAnswers, 0);
  exercised.assert(
    "Stella accepted exactly what the ledger says, or answers were lost, and they are counted",
    talk.accepted >= confirmed && talk.accepted <= confirmed + lost,
    tell,
  );
  if (lost === 0 && confirmed > 0) {
    exercised.assert("without a lost answer nobody is asked twice about one close", talk.accepted === confirmed, tell);
  }
  if (lost === 0 && entries.some((entry) => entry.duplicates > 0)) {
    exercised.assert("a redelivery never makes a second survey", talk.accepted === confirmed, tell);
  }
}
