/** Generated conversations: who, what, when, closed by whom, and what happens afterwards. */
import fc from "fast-check";
import { DO_NOT_SEND } from "../features/preview/day";
import { AGENTS, INBOXES, ORDINARY, SPAM } from "./scenario";

export const AFTERWARDS = [
  "nothing",
  "the event is delivered once more",
  "opened again",
  "opened again and closed",
  "opened again, given to another agent and closed",
  "the do-not-send topic is added",
] as const;

export interface Case {
  readonly customer: {
    readonly name: string | undefined;
    readonly emails: readonly { readonly original: string; readonly primary?: boolean }[];
  };
  readonly agent: keyof typeof AGENTS;
  readonly inbox: (typeof INBOXES)[number];
  readonly channel: string;
  readonly topics: readonly string[];
  readonly startedBy: "customer" | "agent";
  readonly answeredBy: "agent" | "automation" | "nobody";
  readonly closedBy: "agent" | "api" | "rule" | "job";
  readonly afterwards: (typeof AFTERWARDS)[number];
}

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

export const CASE: fc.Arbitrary<Case> = fc
  .record({
    customer: fc.record({
      name: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom("Pat Doe", "e", "Zoë O'Neill") },
        { weight: 1, arbitrary: fc.constantFrom(undefined, "", " ") },
      ),
      emails,
    }),
    agent: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom<keyof typeof AGENTS>("one", "two", "three") },
      { weight: 3, arbitrary: fc.constantFrom(...agentNames) },
    ),
    inbox: fc.constantFrom(...INBOXES),
    channel: fc.constantFrom("EMAIL", "CHAT", "PHONE_CALL", "SMS", "WHATSAPP", "VOICEMAIL", "FB_MESSENGER"),
    topics: fc.oneof(
      { weight: 4, arbitrary: fc.constant([ORDINARY]) },
      { weight: 1, arbitrary: fc.subarray([ORDINARY, DO_NOT_SEND, SPAM], { minLength: 1 }) },
    ),
    startedBy: fc.oneof(
      { weight: 4, arbitrary: fc.constant("customer" as const) },
      { weight: 1, arbitrary: fc.constant("agent" as const) },
    ),
    answeredBy: fc.constantFrom("agent" as const, "agent" as const, "automation" as const, "nobody" as const),
    closedBy: fc.oneof(
      { weight: 3, arbitrary: fc.constant("agent" as const) },
      { weight: 2, arbitrary: fc.constantFrom("api" as const, "rule" as const, "job" as const) },
    ),
    afterwards: fc.oneof(
      { weight: 3, arbitrary: fc.constant("nothing" as const) },
      { weight: 4, arbitrary: fc.constantFrom(...AFTERWARDS) },
    ),
  })
  .map(possible);

/** What Gladly allows: nobody who is not there can close, start or answer a conversation. */
function possible(given: Case): Case {
  if (AGENTS[given.agent] !== null && given.agent !== "gone") return given;
  return {
    ...given,
    startedBy: "customer",
    answeredBy: given.answeredBy === "agent" ? "automation" : given.answeredBy,
    closedBy: given.closedBy === "agent" ? "api" : given.closedBy,
  };
}
