/**
 * Every allowed difference between Stella's records with `direct`, where Gladly posts to Stella itself, and with the relay's
 * two deliveries. Any other difference fails the run.
 */
import type { Reason } from "../../src/relay/reasons";
import type { Closure } from "../../src/relay/record";
import { DO_NOT_SEND } from "../features/preview/day";
import type { Case } from "./cases";
import type { Survey } from "./holdings";
import { NAMELESS_INBOX, NAMELESS_TOPIC, OTHER_INBOX, SPAM } from "./scenario";
import type { Delivery, Policy } from "./side";

type RelayDelivery = Exclude<Delivery, "direct">;

/** One conversation, with `direct` and with another delivery. */
export interface Compared {
  readonly given: Case;
  readonly delivery: RelayDelivery;
  readonly policy: Policy;
  readonly direct: readonly Survey[];
  readonly relayed: readonly Survey[];
  /** The relay's ledger about the conversation's closes, oldest first. */
  readonly closures: readonly Closure[];
}

export interface AllowedDifference {
  readonly name: string;
  readonly why: string;
  /** The deliveries in which it can occur. */
  readonly deliveries: readonly RelayDelivery[];
  /**
   * Stella's records with the relay if this were the only remaining difference. Undefined when it does not apply.
   *
   * @param expected Stella's records with `direct`, after the differences before this one
   */
  readonly apply: (compared: Compared, expected: readonly Survey[]) => readonly Survey[] | undefined;
}

const BOTH: readonly RelayDelivery[] = ["forward", "enrich"];
const ENRICH: readonly RelayDelivery[] = ["enrich"];
const NOT_SENT = "Not sent: do not send flag";

const isUsable = ({ original }: { readonly original: string }) => original.trim().includes("@");
const hasName = ({ customer }: Case) => Boolean(customer.name?.trim());
const isUnwanted = ({ topics, afterwards }: Case) =>
  topics.includes(DO_NOT_SEND) || afterwards === "the do-not-send topic is added";

/** The address that Stella uses with `direct`: the primary, otherwise the first, valid or not. */
function directAddress({ customer: { emails } }: Case): { readonly original: string } | undefined {
  return emails.find(({ primary }) => primary) ?? emails[0];
}

export const ALLOWED_DIFFERENCES: readonly AllowedDifference[] = [
  {
    name: "a close is fetched from Gladly's history",
    why: "Gladly delivers nothing while its webhook is disabled, and with direct no one fetches the closes later",
    deliveries: BOTH,
    apply: ({ given, closures, relayed: [first] }, expected) => {
      const [fetched] = closures;
      const asked = fetched?.state === "sent" || fetched?.state === "recorded" || Boolean(fetched?.lostAnswers);
      return given.missed === "fetched at once" && asked && first !== undefined ? [first, ...expected] : undefined;
    },
  },
  {
    name: "a missing name is filled in",
    why: "policy.missingName; with direct Stella may refuse a customer without a name, or use an empty name",
    deliveries: ENRICH,
    apply: ({ given, policy, direct, relayed }, expected) => {
      const name = policy?.missingName ?? "Customer";
      if (hasName(given) || policy?.missingName === null) return undefined;
      if (direct.length > 0) return expected.map((survey) => ({ ...survey, name }));
      return relayed.every((survey) => survey.name === name) ? relayed : undefined;
    },
  },
  {
    name: "a redelivery is dropped",
    why: "Stella has no idempotency key: with direct the same event requests two surveys",
    deliveries: BOTH,
    apply: ({ given }, expected) =>
      given.afterwards === "the event is delivered once more" && expected.length === 2
        ? expected.slice(0, 1)
        : undefined,
  },
  {
    name: "a close with something unknown is retried",
    why: 'docs/which-closes-get-a-survey.md: unknown never counts as "no", so nothing is sent while a topic, an inbox or a status is unknown',
    deliveries: BOTH,
    apply: ({ given, closures, relayed }, expected) => {
      const newStatus = given.afterwards === "opened again and closed, with a status that is new";
      const nameless = given.topics.includes(NAMELESS_TOPIC) || given.inbox === NAMELESS_INBOX;
      // Another attempt may be in progress or have failed, or the conversation was reopened before the value was known.
      const waits = ({ state, reason }: Closure) =>
        state === "retrying" || state === "working" || (nameless && (reason === "reopened" || reason === "superseded"));
      const left = closures.filter(waits).length;
      return (nameless || newStatus) && left > 0 ? withoutMissing(expected, relayed, left) : undefined;
    },
  },
  {
    name: "do not send is not reported about a customer without an address",
    why: "enrich sends nothing if Stella might refuse a request without a survey",
    deliveries: ENRICH,
    apply: ({ given }, expected) =>
      isUnwanted(given) && !given.customer.emails.some(isUsable)
        ? expected.filter(({ status }) => status !== NOT_SENT)
        : undefined,
  },
  {
    name: "do not send is not reported about a close that the policy excludes",
    why: "an excluded channel or customer is not reported to Stella either",
    deliveries: ENRICH,
    apply: ({ given, policy }, expected) => {
      const channel = policy?.channels?.VOICEMAIL === null && given.channel === "VOICEMAIL";
      const left = channel || (policy?.missingName === null && !hasName(given));
      return isUnwanted(given) && left ? expected.filter(({ status }) => status !== NOT_SENT) : undefined;
    },
  },
  ...policyDifferences(),
  {
    name: "the first valid address is used",
    why: "enrich reads all addresses; with direct an invalid primary or first address is refused",
    deliveries: ENRICH,
    apply: ({ given, direct, relayed }) => {
      const first = directAddress(given);
      const refused = first !== undefined && (!isUsable(first) || first.original !== first.original.trim());
      const others = given.customer.emails.some(isUsable);
      const asked = relayed.every(({ recipient }) => recipient === null || recipient.startsWith("customer."));
      return refused && others && asked && direct.length === 0 ? relayed : undefined;
    },
  },
  {
    name: "a close is parked for its lost answers",
    why: "decision 30: Stella has no idempotency key, so a person decides; it is unknown which requests Stella accepted",
    deliveries: BOTH,
    apply: ({ closures, relayed }, expected) => {
      const parked = closures.filter(({ reason }) => reason === "answer-lost").length;
      return parked === 0 ? undefined : withoutMissing(expected, relayed, parked);
    },
  },
  {
    name: "a request whose answer was lost is sent again",
    why: "decision 30: Stella may have accepted it, so the customer can get one more survey for each lost answer",
    deliveries: BOTH,
    apply: ({ closures, relayed }, expected) => {
      const lost = closures.reduce((total, { lostAnswers }) => total + lostAnswers, 0);
      const more = relayed.length - expected.length;
      const copies = relayed.every((survey) => expected.some((one) => isSame(one, survey)));
      const all = withoutMissing(expected, relayed, 0).length === expected.length;
      return lost > 0 && more <= lost && copies && all ? relayed : undefined;
    },
  },
];

/** Closes that the environment's policy excludes, by the reason in the ledger. Each needs the matching policy. */
function policyDifferences(): readonly AllowedDifference[] {
  type Asked = (compared: Compared) => boolean;
  const asked: readonly (readonly [Reason, readonly RelayDelivery[], Asked])[] = [
    ["agent-is-bot", BOTH, ({ policy, given }) => Boolean(policy?.bots?.length) && given.agent.startsWith("a bot")],
    ["excluded-closer", BOTH, ({ policy, given }) => Boolean(policy?.exclude?.closedBy) && given.closedBy !== "agent"],
    ["excluded-inbox", BOTH, ({ policy, given }) => Boolean(policy?.exclude?.inboxes) && given.inbox === OTHER_INBOX],
    ["excluded-topic", BOTH, ({ policy, given }) => Boolean(policy?.exclude?.topics) && given.topics.includes(SPAM)],
    ["do-not-send-topic", ENRICH, ({ policy, given }) => policy?.doNotSend === "skip" && isUnwanted(given)],
    [
      "started-by-agent",
      BOTH,
      ({ policy, given }) => policy?.exclude?.startedByAgent === true && given.startedBy === "agent",
    ],
    ["no-agent-message", BOTH, ({ policy }) => policy?.exclude?.withoutAgentMessage === true],
    ["customer-silent", BOTH, ({ policy, given }) => policy?.exclude?.customerSilentDays !== undefined && given.silent],
    ["reopened", BOTH, ({ policy, given }) => Boolean(policy?.delay) && given.afterwards.startsWith("opened again")],
    [
      "new-message",
      BOTH,
      ({ policy, given }) => Boolean(policy?.delay) && given.afterwards === "an agent writes once more",
    ],
    ["no-customer-name", ENRICH, ({ policy, given }) => policy?.missingName === null && !hasName(given)],
    [
      "channel-left-out",
      ENRICH,
      ({ policy, given }) => policy?.channels?.VOICEMAIL === null && given.channel === "VOICEMAIL",
    ],
    ["already-surveyed", BOTH, ({ policy }) => policy?.oncePerConversation === true],
  ];
  return asked.map(([reason, deliveries, applies]) => ({
    name: `policy: ${reason}`,
    why: "the environment's policy says so",
    deliveries,
    apply: (compared, expected) => {
      const { closures, relayed } = compared;
      if (!applies(compared)) return undefined;
      const left = closures.filter((closure) => closure.reason === reason);
      // Lost answers park a report without a survey, like any request.
      const lost = reason === "excluded-topic" && closures.some((closure) => closure.reason === "answer-lost");
      if (lost || left.some(({ state }) => state === "recorded")) {
        return expected.map((survey) => ({ ...survey, status: NOT_SENT, recipient: null }));
      }
      return left.length === 0 ? undefined : withoutMissing(expected, relayed, left.length);
    },
  }));
}

/** Removes the surveys that are missing with the relay. */
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

/** Whether two surveys are equal except for the channel, which each delivery names differently. */
export function isSame({ channel: _one, ...one }: Survey, { channel: _other, ...other }: Survey): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
