/** Generated conversations: their data, who closes them, and what happens afterwards. */
import fc from "fast-check";
import { DO_NOT_SEND, INBOX } from "../features/preview/day";
import { AGENTS, type INBOXES, NAMELESS_INBOX, NAMELESS_TOPIC, ORDINARY, OTHER_INBOX, SPAM } from "./scenario";

export const AFTERWARDS = [
  "nothing",
  "the event is delivered once more",
  "an agent writes once more",
  "opened again",
  "opened again and closed",
  "opened again, given to another agent and closed",
  "opened again and closed, with a status that is new",
  "the do-not-send topic is added",
] as const;

/** Whether the first close happens while the webhook is disabled, and when the relay then fetches it. */
export const MISSED = ["no", "fetched at once", "fetched after the next close"] as const;

export interface Case {
  readonly customer: {
    readonly name: string | undefined;
    readonly emails: readonly { readonly original: string; readonly primary?: boolean }[];
    /** `gone`: Gladly does not find the customer. `merged`: merged before the close into a customer with the same data. */
    readonly is: "there" | "gone" | "merged";
  };
  readonly agent: keyof typeof AGENTS;
  readonly inbox: (typeof INBOXES)[number];
  readonly channel: string;
  readonly topics: readonly string[];
  readonly startedBy: "customer" | "agent";
  readonly answeredBy: "agent" | "automation" | "nobody";
  /** Whether the customer last wrote weeks before the close. */
  readonly silent: boolean;
  readonly closedBy: "agent" | "api" | "rule" | "job" | "erasure";
  readonly missed: (typeof MISSED)[number];
  readonly afterwards: (typeof AFTERWARDS)[number];
}

/** An ordinary conversation, for tests that change one thing. */
export const PLAIN: Case = {
  customer: { name: "Pat Doe", emails: [{ original: "customer@example.net" }], is: "there" },
  ...{ agent: "one", inbox: INBOX, channel: "EMAIL", topics: [ORDINARY], startedBy: "customer", answeredBy: "agent" },
  ...{ silent: false, closedBy: "agent", missed: "no", afterwards: "nothing" },
};

const GOOD = { original: "customer@example.net" };
const OTHER = { original: "other@example.org" };
const BAD = { original: "not an address" };

const emails = fc.oneof(
  { weight: 6, arbitrary: fc.constant([GOOD]) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      [],
      [BAD],
      [BAD, GOOD],
      [OTHER, { ...GOOD, primary: true }],
      [{ ...BAD, primary: true }, GOOD],
      [{ original: " customer@example.net " }],
    ),
  },
);

const agentNames = Object.keys(AGENTS) as (keyof typeof AGENTS)[];

/** Picks mostly the first value. */
function rarely<T>(weight: number, usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

export const CASE: fc.Arbitrary<Case> = fc
  .record({
    customer: fc.record({
      name: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom("Pat Doe", "e", "Zoë O'Neill") },
        { weight: 1, arbitrary: fc.constantFrom(undefined, "", " ") },
      ),
      emails,
      is: rarely<Case["customer"]["is"]>(14, "there", "gone", "merged"),
    }),
    agent: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom<keyof typeof AGENTS>("one", "two", "three") },
      { weight: 3, arbitrary: fc.constantFrom(...agentNames) },
    ),
    inbox: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(INBOX, OTHER_INBOX) },
      { weight: 1, arbitrary: fc.constant(NAMELESS_INBOX) },
    ),
    channel: fc.constantFrom("EMAIL", "CHAT", "PHONE_CALL", "SMS", "WHATSAPP", "VOICEMAIL", "FB_MESSENGER"),
    topics: fc.oneof(
      { weight: 16, arbitrary: fc.constant([ORDINARY]) },
      { weight: 4, arbitrary: fc.subarray([ORDINARY, DO_NOT_SEND, SPAM], { minLength: 1 }) },
      { weight: 1, arbitrary: fc.subarray([DO_NOT_SEND, SPAM]).map((others) => [...others, NAMELESS_TOPIC]) },
    ),
    startedBy: rarely<Case["startedBy"]>(4, "customer", "agent"),
    answeredBy: fc.constantFrom("agent" as const, "agent" as const, "automation" as const, "nobody" as const),
    silent: rarely(9, false, true),
    closedBy: fc.oneof(
      { weight: 12, arbitrary: fc.constant("agent" as const) },
      { weight: 8, arbitrary: fc.constantFrom("api" as const, "rule" as const, "job" as const) },
      { weight: 1, arbitrary: fc.constant("erasure" as const) },
    ),
    missed: rarely<Case["missed"]>(9, "no", "fetched at once", "fetched after the next close"),
    afterwards: fc.oneof(
      { weight: 3, arbitrary: fc.constant("nothing" as const) },
      { weight: 4, arbitrary: fc.constantFrom(...AFTERWARDS) },
    ),
  })
  .map(possible);

/** Makes a case possible in Gladly: an unassigned agent cannot close, start or answer, and an erased customer is gone. */
function possible(given: Case): Case {
  const there = AGENTS[given.agent] !== null && given.agent !== "gone";
  const acted: Case = there
    ? given
    : {
        ...given,
        startedBy: "customer",
        answeredBy: given.answeredBy === "agent" ? "automation" : given.answeredBy,
        closedBy: given.closedBy === "agent" ? "api" : given.closedBy,
        afterwards: given.afterwards === "an agent writes once more" ? "nothing" : given.afterwards,
      };
  if (acted.closedBy === "erasure") {
    return { ...acted, customer: { ...acted.customer, is: "there" }, missed: "no", afterwards: "nothing" };
  }
  if (acted.missed === "no") return acted;
  // The order of its events is not defined.
  const later = acted.missed === "fetched at once" && acted.afterwards.startsWith("opened again");
  return { ...acted, silent: false, afterwards: later ? acted.afterwards : "nothing" };
}
