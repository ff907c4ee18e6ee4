/** Each changed setting of a policy causes a finding. Also tests the texts about retention. */

import { type Policy, RelayPolicy } from "../../../src/contract/policy";
import type { ChangeSet } from "../../../src/features/review/change-set";
import { policyFindings } from "../../../src/features/review/judge-policy";
import { retention } from "../../../src/features/review/judge-policy-retention";

const MACHINE = "terraform_data.relay_configuration";
const AWS = "aws_lambda_function.relay_worker";
const defaults = RelayPolicy.parse({});

/** A value of each setting that is not its default. */
const OTHER: Required<Policy> = {
  doNotSend: "skip",
  oncePerConversation: true,
  ambiguous: "park",
  bots: ["agent-1"],
  channels: { SMS: null },
  otherChannel: null,
  brand: "Parcels",
  language: "fr",
  tags: ["inbox"],
  externalUrl: "https://example.com/{conversationId}",
  feedback: true,
  exclude: { startedByAgent: true },
  delay: 30,
  missingName: null,
  retentionDays: 7,
};

function settings(before: RelayPolicy, after: RelayPolicy): Pick<ChangeSet, "settings"> {
  const side = (policy: RelayPolicy) => ({
    ...{ surveyMode: undefined, delivery: undefined, gladlyUrl: undefined, gladlyUser: undefined },
    ...{ stellaUrl: undefined, doNotSendTopic: undefined, policy, address: MACHINE },
  });
  return { settings: { before: side(before), after: side(after) } };
}

describe("a change of a policy", () => {
  it.each(Object.keys(RelayPolicy.shape))("of %s is a finding in both directions", (name) => {
    expect(Object.keys(OTHER)).toContain(name);
    const other = RelayPolicy.parse(Object.fromEntries(Object.entries(OTHER).filter(([key]) => key === name)));
    for (const [before, after] of [
      [defaults, other],
      [other, defaults],
    ] as const) {
      expect(policyFindings(settings(before, after)).map(({ title }) => title)).toEqual([expect.stringMatching(/./)]);
    }
    expect(policyFindings(settings(other, other))).toEqual([]);
  });
});

describe("a change of retentionDays", () => {
  const told = (before: Partial<RelayPolicy>, after: Partial<RelayPolicy>, resource = MACHINE) =>
    retention({ before: { ...defaults, ...before }, after: { ...defaults, ...after }, resource })
      .map(({ title, detail }) => `${title}. ${detail}`)
      .join();

  it("names what one machine deletes when it is lowered, and that this cannot be undone", () => {
    const text = told({}, { retentionDays: 10 });
    expect(text).toContain("forgets a conversation 10 days after its last event instead of 35");
    expect(text).toContain("deletes records and parked events that did not change for 10 days");
    expect(text).toContain("cannot be undone");
    expect(told({ retentionDays: 10 }, {})).toContain("does not come back");
  });

  it("says that SQS deletes parked events only below its own limit of 14 days", () => {
    expect(told({}, { retentionDays: 10 }, AWS)).toContain("SQS deletes parked events that are older than 10 days");
    expect(told({}, { retentionDays: 20 }, AWS)).not.toContain("deletes");
    expect(told({}, { retentionDays: 90 }, AWS)).toContain("14 days at most");
  });

  it("says which surveys oncePerConversation forgets", () => {
    const once = { oncePerConversation: true };
    expect(told(once, { ...once, retentionDays: 10 })).toContain(
      "from before that rule was switched on is forgotten after 10 days",
    );
    expect(told({}, { retentionDays: 10 })).not.toContain("oncePerConversation");
  });
});
