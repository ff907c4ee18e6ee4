import { judged, type Resource, topic, webhook, words } from "./support/plans";

const applied: Resource = { type: "gladly_topic", state: topic };
const relay = { surveyMode: "test" };

describe("a code change that is not applied yet", () => {
  it("is reported as a pending change, by resource and part, not as drift", () => {
    const live: Resource = { type: "terraform_data", name: "relay", state: relay, code: { surveyMode: "production" } };
    const found = judged([applied, live]);
    expect(found).toMatchObject({ state: "unapplied", ids: ["not-applied"] });
    expect(words(found)).toContain("`terraform_data.relay` to change (`surveyMode`)");
    expect(words(found)).toContain("or someone accepted a change by hand into the state");
  });

  it.each([
    ["made", { type: "aws_sqs_queue", state: null, code: { name: "q" } }, "to create"],
    ["destroyed", { type: "aws_sqs_queue", state: { name: "q" }, code: null }, "to destroy"],
    ["taken over", { type: "gladly_webhook", state: null, live: webhook, code: webhook, importing: true }, "to import"],
    [
      "made anew",
      {
        type: "aws_sqs_queue",
        state: { name: "q" },
        code: { name: "r" },
        replace: true,
        reason: "replace_because_cannot_update",
      },
      "to create again",
    ],
    [
      "replaced after an apply that failed midway",
      { type: "aws_sqs_queue", state: { name: "q" }, replace: true, reason: "replace_because_tainted" },
      "to create again",
    ],
  ] satisfies readonly [string, Resource, string][])("names what is to be %s", (_, resource, says) => {
    const found = judged([applied, resource]);
    expect(found).toMatchObject({ state: "unapplied", ids: ["not-applied"] });
    expect(words(found)).toContain(says);
  });

  it("is one finding, which names a few of the changes", () => {
    const many = Array.from({ length: 12 }, (_, index): Resource => {
      return { type: "aws_sqs_queue", name: `q${index}`, state: null, code: { name: `q${index}` } };
    });
    const found = judged([applied, ...many]);
    expect(found.ids).toEqual(["not-applied"]);
    expect(words(found)).toContain("12 resources of production differ from the code");
    expect(words(found)).toContain("and 4 more");
  });

  it("is reported separately from drift of the same resource", () => {
    const both: Resource = {
      type: "gladly_topic",
      state: topic,
      live: { ...topic, disabled: true },
      code: { ...topic, name: "new_name" },
    };
    const found = judged([both]);
    expect(found).toMatchObject({ state: "drift", ids: ["outside-topic-disabled", "not-applied"] });
    expect(found.findings[1]?.detail).toContain("(`name`)");
  });

  it("does not include changes that an apply makes to revert drift", () => {
    expect(judged([{ type: "gladly_webhook", state: webhook, live: null }]).ids).toEqual(["outside-webhook-deleted"]);
  });
});

describe("a stack whose state is empty", () => {
  it("is reported once as never applied or with a lost state", () => {
    const found = judged([
      { type: "gladly_topic", state: null, code: topic },
      { type: "gladly_webhook", state: null, code: webhook },
    ]);
    expect(found).toMatchObject({ state: "unapplied", ids: ["never-applied"] });
    expect(words(found)).toContain("Terraform looks for its state in the wrong place");
  });

  it("is different from a stack whose resources were all deleted manually", () => {
    const deleted: Resource = { type: "gladly_webhook", state: webhook, live: null };
    const added: Resource = { type: "aws_sqs_queue", state: null, code: { name: "q" } };
    expect(judged([deleted, added]).ids).toEqual(["outside-webhook-deleted", "not-applied"]);
  });
});
