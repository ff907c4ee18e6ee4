import { judged, type Resource } from "./support/plans";

const foundation = (resources: readonly Resource[]) => {
  const { ids, state, findings } = judged(resources, { stack: "production" });
  return { ids, state, findings, text: [findings[0]?.title, findings[0]?.detail, findings[0]?.remedy].join("\n") };
};

const queue = { name: "relay-production-main", visibility_timeout_seconds: 360, tags: {} };
const worker = {
  function_name: "relay-production-worker",
  timeout: 60,
  last_modified: "2026-11-20T08:00:00.000+0000",
  environment: [{ variables: { RELAY_SURVEY_MODE: "test", RELAY_TOPIC: "do_not_send_stella" } }],
};
const feed = { enabled: true, function_name: "relay-production-worker", last_modified: "2026-11-20T08:00:00Z" };

describe("a manually changed resource on AWS", () => {
  it("is reported with attribute, old and new value, meaning, and where to find who did it", () => {
    const found = foundation([
      { type: "aws_sqs_queue", name: "main", state: queue, live: { ...queue, visibility_timeout_seconds: 30 } },
    ]);
    expect(found).toMatchObject({ state: "drift", ids: ["outside-relay-changed"] });
    expect(found.findings[0]).toMatchObject({ severity: "critical", resource: "aws_sqs_queue.main" });
    expect(found.text).toContain("Someone changed the queue `aws_sqs_queue.main` outside of Terraform");
    expect(found.text).toContain("`visibility_timeout_seconds` was `360` and is `30`");
    expect(found.text).toContain("CloudTrail, by resource name `relay-production-main`, shows who did it");
  });

  it("is reported with the changed part, and the time if AWS has it", () => {
    const variables = { RELAY_SURVEY_MODE: "production", RELAY_TOPIC: "do_not_send_stella" };
    const last_modified = "2026-11-22T03:12:00.000+0000";
    const found = foundation([
      {
        type: "aws_lambda_function",
        state: worker,
        live: { ...worker, last_modified, environment: [{ variables }] },
        code: { ...worker, last_modified },
        unknown: { last_modified: true },
      },
    ]);
    expect(found.ids).toEqual(["outside-relay-changed"]);
    expect(found.text).toContain("`environment[0].variables.RELAY_SURVEY_MODE` was");
    expect(found.text).not.toContain("RELAY_TOPIC");
    expect(found.findings[0]?.since).toBe("2026-11-22T03:12:00.000Z");
  });

  it("is reported with the added item of a list, not as a list that was not set", () => {
    const policies = { role_name: "relay-production-ingest", policy_names: ["relay"] };
    const found = foundation([
      {
        type: "aws_iam_role_policies_exclusive",
        state: policies,
        live: { ...policies, policy_names: ["relay", "by-hand"] },
      },
    ]);
    expect(found.text).toContain('`policy_names` now also has `"by-hand"`.');
    expect(found.text).not.toContain("not set");
  });

  it("is reported without values that Terraform marks as sensitive", () => {
    const found = foundation([
      {
        type: "aws_lambda_function",
        state: { ...worker, description: "hush one" },
        live: { ...worker, description: "hush two" },
        sensitive: { description: true },
      },
    ]);
    expect(found.ids).toEqual(["outside-relay-changed"]);
    expect(found.text).not.toContain("hush");
  });

  it("is reported with a general text if its type is unknown", () => {
    const found = foundation([{ type: "aws_budgets_budget", state: { limit: "40" }, live: { limit: "400" } }]);
    expect(found.findings[0]).toMatchObject({ id: "outside-resource-changed", severity: "warning" });
    expect(found.text).toContain("It differs from what was reviewed and applied.");
  });

  it("is reported when deleted, with what stops working", () => {
    const found = foundation([{ type: "aws_dynamodb_table", name: "ledger", state: { name: "l" }, live: null }]);
    expect(found).toMatchObject({ state: "drift", ids: ["outside-relay-deleted"] });
    expect(found.text).toContain("customers may get a second one");
  });
});

describe("the worker's event source mapping", () => {
  it("that was disabled stops every survey, and a pause does not disable it", () => {
    const found = foundation([
      { type: "aws_lambda_event_source_mapping", state: feed, live: { ...feed, enabled: false } },
    ]);
    expect(found).toMatchObject({ state: "drift", ids: ["outside-feed-off"] });
    expect(found.text).toContain("`relay pause` does not do this");
  });
});

describe("changes by AWS itself", () => {
  it("are no drift if the plan would not revert them", () => {
    const moved = { ...worker, last_modified: "2026-11-22T03:12:00.000+0000" };
    const counted = { ...queue, approximate_number: 12 };
    const found = foundation([
      { type: "aws_lambda_function", state: worker, live: moved, code: moved },
      { type: "aws_sqs_queue", state: queue, live: counted, code: counted },
    ]);
    expect(found).toMatchObject({ state: "steady", ids: [] });
  });

  it("are no drift if only the order of a set changed", () => {
    const one = { name: "q", aliases: ["a", "b"] };
    const found = foundation([{ type: "aws_sqs_queue", state: one, live: { name: "q", aliases: ["b", "a"] } }]);
    expect(found).toMatchObject({ state: "steady", ids: [] });
  });

  it("do not make consequences of drift look like code changes", () => {
    const found = foundation([
      { type: "aws_lambda_function", state: worker, live: { ...worker, timeout: 3 } },
      { type: "aws_lambda_alias", state: { function_version: "7" }, unknown: { function_version: true } },
    ]);
    expect(found.ids).toEqual(["outside-relay-changed"]);
  });
});
