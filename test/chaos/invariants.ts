/** What must be true after every chaos run. Counts how often each invariant was checked. */
import { type Explanation, explain } from "../../src/relay/explain";
import type { Ledger } from "../../src/relay/ports";
import type { ChaosRun } from "./commands";
import type { Kind, Talk, Vendors } from "./vendors";

export const INVARIANTS = [
  "ingest answers 200 to every authentic event while the store is up",
  "ingest answers 503 while the store is missing or failing",
  "every acknowledged close is in the ledger",
  "every close in Gladly's history is in the ledger exactly once",
  "every close has a final state",
  "an eligible close that was not reopened ends in a survey",
  "an ineligible close ends without a survey, for the right reason",
  "Stella accepted the requests in the ledger, and at most one more for each counted lost answer",
  "without a lost answer no customer gets two surveys about a close",
  "a redelivery never causes a second survey",
  "with oncePerConversation a conversation has one survey",
] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** The reason of each kind of conversation when nothing else happens. */
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
/** Kinds that are reported to Stella without a survey. */
const REPORTED: readonly Kind[] = ["do-not-send", "spam"];
/** Reasons that depend on other events: a reopened or newer close, lost answers, crashes. */
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

  /** Invariants that no run has checked. */
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
    exercised.assert(
      "ingest answers 503 while the store is missing or failing",
      answer === 503,
      () => `answered ${answer}`,
    );
  }
  for (const body of chaosRun.acknowledged) checkAcknowledged(body, describe, exercised);
  // After a refusal for an agent's profile, the relay sends no requests about that agent for hours.
  const refusal = chaosRun.happened.has("Stella refusing") ? ["agent-profile-refused"] : [];
  for (const talk of vendors.talks) {
    const entries = describe.get(talk.id) ?? [];
    if (once) checkOnce(talk, entries, exercised);
    const surveyed = once && entries.some(({ state }) => state === "sent") ? ["already-surveyed"] : [];
    checkTalk(talk, entries, [...refusal, ...surveyed], exercised);
  }
}

function checkOnce(talk: Talk, entries: readonly Explanation[], exercised: Exercised): void {
  exercised.assert(
    "with oncePerConversation a conversation has one survey",
    entries.filter(({ state }) => state === "sent").length <= 1,
    () => JSON.stringify({ talk: { ...talk, closes: talk.closes.length }, entries }, undefined, 1),
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
    "every acknowledged close is in the ledger",
    known.some((entry) => Math.abs(Date.parse(entry.closedAt) - at) < 1000),
    () => `${event.id} was answered 200 and is not in the ledger`,
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
    exercised.assert("every close has a final state", entry.finishedAt !== undefined, tell);
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
    "Stella accepted the requests in the ledger, and at most one more for each counted lost answer",
    talk.accepted >= confirmed && talk.accepted <= confirmed + lost,
    tell,
  );
  if (lost === 0 && confirmed > 0) {
    exercised.assert(
      "without a lost answer no customer gets two surveys about a close",
      talk.accepted === confirmed,
      tell,
    );
  }
  if (lost === 0 && entries.some((entry) => entry.duplicates > 0)) {
    exercised.assert("a redelivery never causes a second survey", talk.accepted === confirmed, tell);
  }
}
