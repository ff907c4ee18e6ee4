/**
 * Every difference that there may be between what Stella holds with `direct`, where Gladly posts to Stella itself, and with
 * the relay's two deliveries. One that is not here fails the run.
 */
import type { Closure } from "../../src/relay/record";
import { DO_NOT_SEND } from "../features/preview/day";
import type { Case } from "./cases";
import { OTHER_INBOX, SPAM } from "./scenario";
import type { Delivery, Policy, Survey } from "./side";

/** One conversation, with `direct` and with another delivery. */
export interface Compared {
  readonly given: Case;
  readonly delivery: Exclude<Delivery, "direct">;
  readonly policy: Policy;
  readonly direct: readonly Survey[];
  readonly relayed: readonly Survey[];
  /** What the relay's ledger says of its closes, oldest first. */
  readonly closures: readonly Closure[];
}

export interface AllowedDifference {
  readonly name: string;
  readonly why: string;
  /**
   * What Stella would hold with the relay if this were the only difference left; undefined when it does not apply.
   *
   * @param expected what Stella holds with `direct`, after the differences before this one
   */
  readonly apply: (compared: Compared, expected: readonly Survey[]) => readonly Survey[] | undefined;
}

const NOT_SENT = "Not sent: do not send flag";

const isUsable = ({ original }: { readonly original: string }) => original.trim().includes("@");
const hasName = ({ customer }: Case) => Boolean(customer.name?.trim());
const isUnwanted = ({ topics, afterwards }: Case) =>
  topics.includes(DO_NOT_SEND) || afterwards === "the do-not-send topic is added";

/** The address that Stella takes with `direct`: the primary, else the first, usable or not. */
function directAddress({ customer: { emails } }: Case): { readonly original: string } | undefined {
  return emails.find(({ primary }) => primary) ?? emails[0];
}

export const ALLOWED_DIFFERENCES: readonly AllowedDifference[] = [
  {
    name: "a redelivery is dropped",
    why: "Stella has no idempotency key: with direct the same event asks twice",
    apply: ({ given }, expected) =>
      given.afterwards === "the event is delivered once more" && expected.length === 2
        ? expected.slice(0, 1)
        : undefined,
  },
  {
    name: "a wish is not reported about a customer without an address",
    why: "enrich sends nothing where Stella might refuse even a request that sends nothing",
    apply: ({ delivery, given }, expected) => {
      if (delivery !== "enrich" || !isUnwanted(given) || given.customer.emails.some(isUsable)) return undefined;
      return expected.filter(({ status }) => status !== NOT_SENT);
    },
  },
  {
    name: "a wish is not reported about a close that the policy leaves out",
    why: "a channel or a customer that this environment leaves out is not reported to Stella either",
    apply: ({ delivery, given, policy }, expected) => {
      const channel = policy?.channels?.VOICEMAIL === null && given.channel === "VOICEMAIL";
      const left = channel || (policy?.missingName === null && !hasName(given));
      return delivery === "enrich" && isUnwanted(given) && left
        ? expected.filter(({ status }) => status !== NOT_SENT)
        : undefined;
    },
  },
  ...policyDifferences(),
  {
    name: "the first usable address is taken",
    why: "enrich reads all addresses; with direct the primary or first one is refused when it is none",
    apply: ({ delivery, given, relayed }, expected) => {
      const first = directAddress(given);
      const refused = first !== undefined && (!isUsable(first) || first.original !== first.original.trim());
      const others = given.customer.emails.some(isUsable);
      const asked = relayed.every(({ recipient }) => recipient === null || recipient.startsWith("customer."));
      return delivery === "enrich" && refused && others && asked && expected.length === 0 ? relayed : undefined;
    },
  },
  {
    name: "a missing name is filled in",
    why: "policy.missingName; with direct Stella may refuse a customer without a name",
    apply: ({ delivery, given, policy, relayed }, expected) => {
      const filled = relayed.every(({ name }) => name === (policy?.missingName ?? "Customer"));
      return delivery === "enrich" && !hasName(given) && filled && expected.length === 0 ? relayed : undefined;
    },
  },
  {
    name: "a close is parked after three lost answers",
    why: "decision 19: Stella has no idempotency key, so a person decides; what Stella took of them is unknown",
    apply: ({ closures, relayed }, expected) => {
      const parked = closures.filter(({ reason }) => reason === "answer-lost").length;
      return parked === 0 ? undefined : withoutMissing(expected, relayed, parked);
    },
  },
  {
    name: "a request whose answer was lost is asked again",
    why: "decision 30: Stella may have taken it, and the customer gets a second survey at most as often as answers were lost",
    apply: ({ closures, relayed }, expected) => {
      const lost = closures.reduce((total, { lostAnswers }) => total + lostAnswers, 0);
      const more = relayed.length - expected.length;
      const copies = relayed.every((survey) => expected.some((one) => isSame(one, survey)));
      const all = withoutMissing(expected, relayed, 0).length === expected.length;
      return lost > 0 && more <= lost && copies && all ? relayed : undefined;
    },
  },
];

/** What the environment's policy leaves out, by the reason in the ledger; each only where the policy asks for it. */
function policyDifferences(): readonly AllowedDifference[] {
  type Asked = (compared: Compared) => boolean;
  const asked: readonly (readonly [NonNullable<Closure["reason"]>, Asked])[] = [
    ["agent-is-bot", ({ policy, given }) => Boolean(policy?.bots?.length) && given.agent.startsWith("a bot")],
    ["excluded-closer", ({ policy, given }) => Boolean(policy?.exclude?.closedBy) && given.closedBy !== "agent"],
    ["excluded-inbox", ({ policy, given }) => Boolean(policy?.exclude?.inboxes) && given.inbox === OTHER_INBOX],
    ["excluded-topic", ({ policy, given }) => Boolean(policy?.exclude?.topics) && given.topics.includes(SPAM)],
    [
      "started-by-agent",
      ({ policy, given }) => policy?.exclude?.startedByAgent === true && given.startedBy === "agent",
    ],
    ["no-agent-message", ({ policy }) => policy?.exclude?.withoutAgentMessage === true],
    ["no-customer-name", ({ policy, given }) => policy?.missingName === null && !hasName(given)],
    ["channel-left-out", ({ policy, given }) => policy?.channels?.VOICEMAIL === null && given.channel === "VOICEMAIL"],
    ["already-surveyed", ({ policy }) => policy?.oncePerConversation === true],
  ];
  return asked.map(([reason, applies]) => ({
    name: `policy: ${reason}`,
    why: "the environment's policy says so",
    apply: (compared, expected) => {
      const { closures, relayed } = compared;
      if (!applies(compared)) return undefined;
      const left = closures.filter((closure) => closure.reason === reason);
      // A report without a survey whose answers were lost is parked as any request is.
      const lost = reason === "excluded-topic" && closures.some((closure) => closure.reason === "answer-lost");
      if (lost || left.some(({ state }) => state === "recorded")) {
        return expected.map((survey) => ({ ...survey, status: NOT_SENT, recipient: null }));
      }
      return left.length === 0 ? undefined : withoutMissing(expected, relayed, left.length);
    },
  }));
}

/** Leaves out as many of the surveys that are missing with the relay. */
function withoutMissing(expected: readonly Survey[], relayed: readonly Survey[], most: number): readonly Survey[] {
  const unmatched = [...relayed];
  let left = most;
  return expected.filter((survey) => {
    const index = unmatched.findIndex((one) => isSame(one, survey));
    if (index >= 0) unmatched.splice(index, 1);
    else left -= 1;
    return index >= 0 || left < 0;
  });
}

/** Whether two surveys are the same but for their channel, which each delivery tells in its own words. */
export function isSame({ channel: _one, ...one }: Survey, { channel: _other, ...other }: Survey): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
