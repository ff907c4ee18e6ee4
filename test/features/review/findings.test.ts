import { reviewPlans } from "../../../src/features/review/judge";
import type { Place } from "../../../src/features/review/place";
import { CATALOGUE, type FindingId } from "../../../src/report/catalogue";
import type { Plan } from "../../../src/terraform/plan";
import { idsOf, PLANS, planIn, planOf, resource, type SmallChange, small } from "./support/plans";

const WEBHOOK = "gladly_webhook.survey_webhook";
const TOPIC = "gladly_topic.do_not_send_topic";
const SECRET = "aws_secretsmanager_secret.relay_secret_gladly";
const CONFIGURATION = "terraform_data.relay_configuration";

const webhook = (more: object = {}) => ({
  name: "Surveys",
  url: "https://surveys.example.com/v1/webhooks/gladly",
  events: ["CONVERSATION/CLOSED"],
  enabled: true,
  credentials: { username: "connect", password_wo_version: 1 },
  ...more,
});
const topic = (more: object = {}) => ({ name: "do_not_send_stella", disabled: false, ...more });
const relayInput = (more: object = {}) => ({
  input: {
    version: 1,
    environment: "sandbox",
    surveyMode: "test",
    delivery: "enrich",
    gladly: { url: "https://example.gladly.com", user: "relay@example.com" },
    stella: { url: "https://api.example.com" },
    doNotSendTopic: "do_not_send_stella",
    ...more,
  },
});
const policy = (of: object) => relayInput({ policy: of });

const update = (address: string, before: object, after: object): SmallChange => ({
  address,
  actions: ["update"],
  before,
  after,
});
const deletionProtection = (before: boolean, after: boolean) =>
  update(
    "aws_dynamodb_table.relay_ledger",
    { deletion_protection_enabled: before },
    { deletion_protection_enabled: after },
  );
const remove = (address: string, before: object = {}): SmallChange => ({ address, actions: ["delete"], before });
const create = (address: string, after: object = {}): SmallChange => ({ address, actions: ["create"], after });
const replace = (address: string, before: object = {}, after: object = before): SmallChange => ({
  address,
  actions: ["delete", "create"],
  before,
  after,
});
const outside = (...changes: readonly SmallChange[]) => small([], { resource_drift: changes.map(resource) });

const queue = "aws_sqs_queue.relay_queue_main";
const alarm = (more: object = {}) => ({
  alarm_name: "relay-production-page-silence",
  comparison_operator: "LessThanThreshold",
  threshold: 1,
  evaluation_periods: 1,
  treat_missing_data: "breaching",
  alarm_actions: ["arn:aws:sns:us-east-1:444455556666:page"],
  ...more,
});
const ALARM = "aws_cloudwatch_metric_alarm.relay_alarm_silence";
const statement = (action: string, arn: string, more: object = {}) => ({
  policy: JSON.stringify({ Statement: [{ Sid: "One", Effect: "Allow", Action: [action], Resource: [arn], ...more }] }),
});
const key = (mode: string) =>
  statement(
    "secretsmanager:GetSecretValue",
    `arn:aws:secretsmanager:us-east-1:1:secret:relay/production/stella-${mode}-??????`,
  );
const POLICY = "aws_iam_role_policy.relay_ingest_policy";
const route = (rate: number) => ({
  route_settings: [{ route_key: "POST /v1/webhooks/gladly", throttling_rate_limit: rate }],
});

/** For each finding, plans that must cause it. */
const EXAMPLES: Readonly<Partial<Record<FindingId, readonly Plan[]>>> = {
  "plan-errored": [small([], { errored: true })],
  "plan-deferred": [small([], { complete: false })],
  "everything-destroyed": [
    { ...small([]), resource_changes: small([remove(WEBHOOK, webhook())]).resource_changes.slice(1) },
  ],
  "survey-mode-production": [small([update(CONFIGURATION, relayInput(), relayInput({ surveyMode: "production" }))])],
  "survey-mode-test": [small([update(CONFIGURATION, relayInput({ surveyMode: "production" }), relayInput())])],
  "delivery-changed": [small([update(CONFIGURATION, relayInput(), relayInput({ delivery: "forward" }))])],
  "gladly-changed": [
    small([
      update(
        CONFIGURATION,
        relayInput(),
        relayInput({ gladly: { url: "https://other.gladly.com", user: "relay@example.com" } }),
      ),
    ]),
    small([
      update(
        CONFIGURATION,
        relayInput(),
        relayInput({ gladly: { url: "https://example.gladly.com", user: "b@example.com" } }),
      ),
    ]),
  ],
  "gladly-organization-left": [
    small([
      create(WEBHOOK, webhook()),
      update(
        CONFIGURATION,
        relayInput(),
        relayInput({ gladly: { url: "https://other.gladly.com", user: "relay@example.com" } }),
      ),
    ]),
    small([create(WEBHOOK, webhook())], {
      resource_drift: [resource(remove(WEBHOOK, webhook()))],
      output_changes: { gladly_organization: { actions: ["update"], before: "Acme", after: "Other" } },
    }),
  ],
  "aws-account-changed": [
    small([replace(queue, { region: "us-east-1" }, { region: "eu-west-1" })]),
    small([
      replace(
        "aws_lambda_function.relay_worker",
        { role: "arn:aws:iam::111122223333:role/relay" },
        { role: "arn:aws:iam::444455556666:role/relay" },
      ),
    ]),
  ],
  "relay-left-behind": [planIn({ on: "aws", account: "444455556666" }, [create(WEBHOOK, webhook())])],
  "stella-changed": [
    small([update(CONFIGURATION, relayInput(), relayInput({ stella: { url: "https://other.example.com" } }))]),
  ],
  "webhook-created": [small([create(WEBHOOK, webhook())])],
  "webhook-deleted": [small([remove(WEBHOOK, webhook())])],
  "webhook-replaced": [small([replace(WEBHOOK, webhook())])],
  "webhook-moved": [small([update(WEBHOOK, webhook(), webhook({ url: "https://other.example.com" }))])],
  "webhook-switched-off": [small([update(WEBHOOK, webhook(), webhook({ enabled: false }))])],
  "webhook-switched-on": [small([update(WEBHOOK, webhook({ enabled: false }), webhook())])],
  "webhook-events-lost": [small([update(WEBHOOK, webhook(), webhook({ events: ["CONTACT/STARTED"] }))])],
  "webhook-events-changed": [
    small([update(WEBHOOK, webhook(), webhook({ events: ["CONVERSATION/CLOSED", "CONTACT/STARTED"] }))]),
  ],
  "webhook-renamed": [small([update(WEBHOOK, webhook(), webhook({ name: "Other" }))])],
  "webhook-headers-changed": [
    small([update(WEBHOOK, webhook({ headers_wo_version: 1 }), webhook({ headers_wo_version: 2 }))]),
  ],
  "password-handed-over": [
    small([update(WEBHOOK, webhook(), webhook({ credentials: { username: "connect", password_wo_version: 4 } }))]),
    small([update(WEBHOOK, webhook(), webhook({ credentials: null }))]),
  ],
  "topic-created": [small([create(TOPIC, topic())])],
  "topic-renamed": [small([update(TOPIC, topic(), topic({ name: "other" }))])],
  "topic-disabled": [small([update(TOPIC, topic(), topic({ disabled: true }))]), small([remove(TOPIC, topic())])],
  "topic-enabled": [small([update(TOPIC, topic({ disabled: true }), topic())])],
  "topic-replaced": [small([replace(TOPIC, topic())])],
  "topic-heeded-changed": [small([update(CONFIGURATION, relayInput(), relayInput({ doNotSendTopic: "other" }))])],
  "topic-moved": [small([update(TOPIC, topic(), topic({ parent_id: "somewhere" }))])],
  "policy-channels": [
    small([update(CONFIGURATION, relayInput(), policy({ channels: { SMS: null } }))]),
    small([update(CONFIGURATION, policy({ channels: { SMS: null } }), relayInput())]),
    small([update(CONFIGURATION, relayInput(), policy({ otherChannel: null }))]),
  ],
  "policy-channel-names": [small([update(CONFIGURATION, relayInput(), policy({ channels: { SMS: "text" } }))])],
  "policy-bots": [
    small([update(CONFIGURATION, relayInput(), policy({ bots: ["a@example.com"] }))]),
    small([update(CONFIGURATION, policy({ bots: ["a@example.com"] }), relayInput())]),
  ],
  "policy-do-not-send": [small([update(CONFIGURATION, relayInput(), policy({ doNotSend: "skip" }))])],
  "policy-ambiguous": [small([update(CONFIGURATION, relayInput(), policy({ ambiguous: "park" }))])],
  "policy-once": [small([update(CONFIGURATION, relayInput(), policy({ oncePerConversation: true }))])],
  "policy-feedback": [small([update(CONFIGURATION, relayInput(), policy({ feedback: true }))])],
  "policy-details": [small([update(CONFIGURATION, relayInput(), policy({ brand: "Acme" }))])],
  "policy-exclude": [
    small([update(CONFIGURATION, relayInput(), policy({ exclude: { topics: ["spam"] } }))]),
    small([update(CONFIGURATION, policy({ exclude: { customerSilentDays: 1 } }), relayInput())]),
  ],
  "policy-delay": [small([update(CONFIGURATION, relayInput(), policy({ delay: 30 }))])],
  "policy-missing-name": [
    small([update(CONFIGURATION, relayInput(), policy({ missingName: null }))]),
    small([update(CONFIGURATION, policy({ missingName: null }), relayInput())]),
  ],
  "policy-retention": [
    small([update(CONFIGURATION, relayInput(), policy({ retentionDays: 7 }))]),
    small([update(CONFIGURATION, policy({ retentionDays: 7 }), relayInput())]),
  ],
  "policy-unknown": [small([update(CONFIGURATION, relayInput(), policy({ whatever: true }))])],
  "key-switched": [
    small([update("aws_iam_role_policy.relay_worker_policy", key("test"), key("production"))], {
      output_changes: { surveys_go_to: { actions: ["update"], before: "the test address", after: "customers" } },
    }),
  ],
  "key-exposed": [
    small([update(POLICY, statement("sqs:SendMessage", "arn:aws:sqs:us-east-1:1:main"), key("production"))]),
    small([update("aws_iam_role_policy.relay_worker_policy", key("test"), key("production"))], {
      output_changes: { surveys_go_to: { actions: ["no-op"], before: "the test address", after: "the test address" } },
    }),
  ],
  "secret-created": [small([create(SECRET, { name: "relay/production/gladly" })])],
  "secret-lost": [
    small([remove(SECRET, { name: "relay/production/gladly" })]),
    small([replace(SECRET, { name: "relay/production/gladly" })]),
  ],
  "secret-key-kept": [
    small([
      update(
        SECRET,
        { name: "relay/production/gladly", kms_key_id: "arn:aws:kms:us-east-1:1:key/a" },
        { name: "relay/production/gladly", kms_key_id: null },
      ),
    ]),
  ],
  "event-queue-lost": [small([replace(queue, { name: "main" })]), small([remove(queue)])],
  "parked-queue-lost": [small([replace("aws_sqs_queue.relay_queue_dlq")])],
  "ledger-lost": [small([remove("aws_dynamodb_table.relay_ledger")])],
  "queue-changed": [
    small([update(queue, { message_retention_seconds: 1209600 }, { message_retention_seconds: 3600 })]),
    small([update(queue, { visibility_timeout_seconds: 180 }, { visibility_timeout_seconds: 30 })]),
    small([
      update(
        "aws_sqs_queue_redrive_policy.relay_queue_redrive",
        { redrive_policy: "{}" },
        { redrive_policy: '{"a":1}' },
      ),
    ]),
    small([remove("aws_sqs_queue_redrive_policy.relay_queue_redrive")]),
    small([update(queue, { kms_master_key_id: "arn:aws:kms:us-east-1:1:key/a" }, { kms_master_key_id: null })]),
    small([update(queue, { kms_master_key_id: "alias/one" }, { kms_master_key_id: "alias/other" })]),
  ],
  "ledger-changed": [
    small([update("aws_dynamodb_table.relay_ledger", { ttl: [{ enabled: true }] }, { ttl: [{ enabled: false }] })]),
  ],
  "encryption-key-lost": [small([remove("aws_kms_key.key_production")])],
  "protection-lifted": [small([deletionProtection(true, false)])],
  "protection-restored": [small([deletionProtection(false, true)])],
  "function-lost": [
    small([replace("aws_lambda_function.relay_ingest")]),
    small([remove("aws_lambda_alias.relay_worker_alias")]),
  ],
  "function-code": [
    small([update("aws_lambda_function.relay_worker", { source_code_hash: "a" }, { source_code_hash: "b" })]),
  ],
  "function-settings": [small([update("aws_lambda_function.relay_worker", { timeout: 30 }, { timeout: 3 })])],
  "feed-lost": [
    small([remove("aws_lambda_event_source_mapping.relay_feed")]),
    small([update("aws_lambda_event_source_mapping.relay_feed", { enabled: true }, { enabled: false })]),
  ],
  "concurrency-lowered": [feed(5, 2)],
  "concurrency-raised": [feed(2, 5)],
  "watchdog-changed": [
    small([update("aws_scheduler_schedule.relay_watchdog_schedule", { state: "ENABLED" }, { state: "DISABLED" })]),
    small([remove("aws_scheduler_schedule.relay_watchdog_schedule")]),
  ],
  "endpoint-lost": [
    small([replace("aws_apigatewayv2_api.relay_endpoint_api")]),
    small([remove("aws_lambda_permission.relay_endpoint_permission")]),
  ],
  "endpoint-changed": [
    small([
      update(
        "aws_apigatewayv2_integration.relay_endpoint_integration",
        { timeout_milliseconds: 12 },
        { timeout_milliseconds: 1 },
      ),
    ]),
  ],
  "throttle-lowered": [small([update("aws_apigatewayv2_stage.relay_endpoint_stage", route(200), route(10))])],
  "throttle-raised": [small([update("aws_apigatewayv2_stage.relay_endpoint_stage", route(10), route(200))])],
  "domain-changed": [
    small([
      update(
        "aws_apigatewayv2_domain_name.relay_endpoint_domain",
        { domain_name: "a.example.com" },
        { domain_name: "b.example.com" },
      ),
    ]),
  ],
  "alarm-added": [small([create(ALARM, alarm())])],
  "alarm-removed": [small([remove(ALARM, alarm())])],
  "alarm-loosened": [
    small([update(ALARM, alarm(), alarm({ threshold: 0 }))]),
    small([update(ALARM, alarm(), alarm({ evaluation_periods: 3 }))]),
    small([update(ALARM, alarm(), alarm({ treat_missing_data: "notBreaching" }))]),
    small([update(ALARM, alarm(), alarm({ alarm_actions: [] }))]),
    small([
      update(
        ALARM,
        alarm({ comparison_operator: "GreaterThanThreshold" }),
        alarm({ comparison_operator: "GreaterThanThreshold", threshold: 9 }),
      ),
    ]),
  ],
  "alarm-changed": [small([update(ALARM, alarm(), alarm({ threshold: 5 }))])],
  "alarm-address": [
    small([
      update(
        "aws_sns_topic_subscription.relay_alarms_page_email",
        { endpoint: "a@example.com" },
        { endpoint: "b@example.com" },
      ),
    ]),
    small([remove("aws_sns_topic.relay_alarms_page")]),
  ],
  "dashboard-removed": [small([remove("aws_cloudwatch_dashboard.relay_dashboard")])],
  "budget-changed": [
    small([update("aws_budgets_budget.relay_budget", { limit_amount: "40.0" }, { limit_amount: "10.0" })]),
  ],
  "log-retention-lowered": [
    small([update("aws_cloudwatch_log_group.relay_worker_log", { retention_in_days: 90 }, { retention_in_days: 30 })]),
    small([update("aws_cloudwatch_log_group.relay_worker_log", { retention_in_days: 0 }, { retention_in_days: 365 })]),
  ],
  "log-lost": [small([remove("aws_cloudwatch_log_group.relay_worker_log", { name: "/aws/lambda/a" })])],
  "redaction-removed": [small([remove("aws_cloudwatch_log_data_protection_policy.relay_worker_redaction")])],
  "permissions-wildcard": [
    small([update(POLICY, statement("s3:GetObject", "arn:aws:s3:::a"), statement("s3:*", "arn:aws:s3:::a"))]),
    small([
      update(
        POLICY,
        statement("s3:GetObject", "arn:aws:s3:::a"),
        statement("s3:GetObjectAcl", "arn:aws:s3:::a", { NotAction: ["iam:*"] }),
      ),
    ]),
    small([create(POLICY, statement("sqs:SendMessage", "*"))]),
  ],
  "permissions-widened": [
    small([update(POLICY, statement("s3:GetObject", "arn:aws:s3:::a"), statement("s3:PutObject", "arn:aws:s3:::a"))]),
    small([create("aws_iam_role_policy_attachment.a", { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" })]),
  ],
  "permissions-narrowed": [
    small([update(POLICY, statement("s3:GetObject", "arn:aws:s3:::a"), { policy: '{"Statement":[]}' })]),
  ],
  "permissions-unguarded": [small([remove("aws_iam_role_policies_exclusive.relay_ingest_policies")])],
  "boundary-changed": [
    small([update("aws_iam_policy.boundary", statement("s3:GetObject", "a"), statement("s3:PutObject", "a"))]),
    small([update("aws_iam_role.relay_ingest_role", { permissions_boundary: "a" }, { permissions_boundary: null })]),
  ],
  "trust-changed": [
    small([
      update("aws_iam_role.relay_ingest_role", { assume_role_policy: '{"a":1}' }, { assume_role_policy: '{"a":2}' }),
    ]),
    small([update("aws_iam_openid_connect_provider.github", { url: "a" }, { url: "b" })]),
  ],
  "resource-policy-changed": [
    small([remove("aws_sqs_queue_policy.relay_queue_main_tls", { policy: "{}" })]),
    small([update("aws_lambda_permission.relay_endpoint_permission", { source_arn: "a" }, { source_arn: "b" })]),
  ],
  "state-bucket-lost": [small([remove("aws_s3_bucket.state")])],
  "state-bucket-changed": [small([remove("aws_s3_bucket_versioning.state_versioning")])],
  "resource-replaced": [small([replace("aws_cloudwatch_dashboard.relay_dashboard", { a: 1 }, { a: 2 })])],
  "resource-destroyed": [small([remove("aws_iam_role.relay_ingest_role")])],
  "resource-unknown": [small([create("unheard_of.thing")])],
  "outside-webhook-off": [reverted(update(WEBHOOK, webhook(), webhook({ enabled: false })))],
  "outside-webhook-deleted": [reverted(remove(WEBHOOK, webhook()))],
  "outside-webhook-moved": [reverted(update(WEBHOOK, webhook(), webhook({ url: "https://other.example.com" })))],
  "outside-webhook-changed": [outside(update(WEBHOOK, webhook(), webhook({ url: "https://other.example.com" })))],
  "outside-topic-renamed": [reverted(update(TOPIC, topic(), topic({ name: "other" })))],
  "outside-topic-gone": [reverted(remove(TOPIC, topic()))],
  "outside-topic-changed": [outside(update(TOPIC, topic(), topic({ name: "other" })))],
  "outside-relay-changed": [reverted(update(queue, { delay_seconds: 2 }, { delay_seconds: 1 }))],
  "outside-relay-deleted": [reverted(remove(queue, { delay_seconds: 2 }))],
  "outside-resource-changed": [outside(update(queue, { delay_seconds: 2 }, { delay_seconds: 1 }))],
  "outside-resource-deleted": [outside(remove(queue, { delay_seconds: 2 }))],
  "webhook-left-behind": [
    small([{ address: WEBHOOK, actions: ["create", "forget"], before: webhook(), after: webhook() }]),
    small([{ address: WEBHOOK, actions: ["forget"], before: webhook() }]),
  ],
  "resource-leftover": [small([{ ...remove(WEBHOOK, webhook()), deposed: "a1b2c3d4" }])],
  "plan-actions": [
    small([], { action_invocations: [{ address: "action.aws_lambda_invoke.a", type: "aws_lambda_invoke" }] }),
  ],
  "plan-not-understood": [
    small([], { sentient_changes: [1] }),
    small([{ address: WEBHOOK, actions: ["ponder"], before: webhook(), after: webhook() }]),
    small([{ address: "ephemeral.random_password.a", mode: "ephemeral", actions: ["renew"] }]),
  ],
};

/** The environment's earlier place, for findings that compare. */
const EARLIER: Readonly<Partial<Record<FindingId, Place>>> = {
  "relay-left-behind": { on: "aws", account: "111122223333", region: "us-east-1" },
};

/** A change outside Terraform, and an apply that reverts it. */
function reverted({ address, before = null, after = null, actions }: SmallChange): Plan {
  const undone = actions[0] === "delete" ? create(address, before ?? {}) : update(address, after ?? {}, before ?? {});
  return small([undone], { resource_drift: [resource({ address, actions, before, after })] });
}

function feed(before: number, after: number): Plan {
  const side = (most: number) => ({ enabled: true, scaling_config: [{ maximum_concurrency: most }] });
  return small([update("aws_lambda_event_source_mapping.relay_feed", side(before), side(after))]);
}

describe("each finding", () => {
  const examples = Object.entries(EXAMPLES).flatMap(([id, plans]) =>
    (plans ?? []).map((plan, index) => ({ id: id as FindingId, index, plan })),
  );

  it.each(examples)("$id is found in its example $index", ({ id, plan }) => {
    expect(idsOf(plan, "production", EARLIER[id])).toContain(id);
  });

  it("has an example, here or among the plans by the real Terraform", () => {
    const seen = new Set([...Object.keys(EXAMPLES), ...PLANS.flatMap((name) => idsOf(planOf(name)))]);
    const judged = [...Object.keys(CATALOGUE.review), "outside-webhook-off", "outside-topic-renamed"];
    expect(judged.filter((id) => !seen.has(id))).toEqual([]);
  });

  it("says who is affected if it is critical, and has a title without a full stop", () => {
    for (const { plan } of examples) {
      for (const { title, detail, remedy } of reviewPlans([{ name: "production", plan }]).findings) {
        expect(title).not.toMatch(/\.$|undefined|\[object|NaN/);
        expect(`${detail ?? ""}${remedy ?? ""}`).not.toMatch(/undefined|\[object|NaN/);
      }
    }
  });
});

describe("nothing is reported", () => {
  it.each([
    ["for a plan without changes", small([])],
    [
      "for a changed order",
      small([update(WEBHOOK, webhook({ events: ["A/B", "C/D"] }), webhook({ events: ["C/D", "A/B"] }))]),
    ],
    ["for times of a webhook", outside(update(WEBHOOK, webhook({ updated_at: "a" }), webhook({ updated_at: "b" })))],
    [
      "for two ways in which a provider writes nothing",
      outside(update(queue, { tags: null, name: "a" }, { tags: {}, name: "a" })),
    ],
    [
      "for a policy that sets a default explicitly",
      small([update(CONFIGURATION, relayInput(), policy({ doNotSend: "record", bots: [] }))]),
    ],
    ["for an alarm whose description changes", small([update(ALARM, alarm(), alarm({ alarm_description: "other" }))])],
    [
      "for a longer retention of a log",
      small([update("aws_cloudwatch_log_group.relay_worker_log", { retention_in_days: 7 }, { retention_in_days: 30 })]),
    ],
    [
      "for a secret whose new key is known after the apply",
      small([
        {
          ...update(
            SECRET,
            { name: "relay/production/gladly", kms_key_id: "alias/one" },
            { name: "relay/production/gladly" },
          ),
          after_unknown: { kms_key_id: true },
        },
      ]),
    ],
    ["for an unchanged survey mode", small([update(CONFIGURATION, relayInput(), relayInput())])],
  ])("%s", (_what, plan) => {
    expect(idsOf(plan)).toEqual([]);
  });
});

describe("a move to another Gladly organization", () => {
  const plan = small(
    [
      create(WEBHOOK, webhook()),
      create(TOPIC, topic()),
      update(
        CONFIGURATION,
        relayInput(),
        relayInput({ gladly: { url: "https://other.gladly.com", user: "relay@example.com" } }),
      ),
    ],
    { resource_drift: [remove(WEBHOOK, webhook()), remove(TOPIC, topic())].map(resource) },
  );

  it("does not report objects as deleted that stay in the old organization", () => {
    expect(idsOf(plan)).toContain("gladly-organization-left");
    expect(idsOf(plan)).not.toContain("outside-webhook-deleted");
    expect(idsOf(plan)).not.toContain("outside-topic-gone");
  });
});

describe("a change that a plan only reverts", () => {
  it("is reported once, as a change outside Terraform", () => {
    const done = update(TOPIC, topic(), topic({ name: "other" }));
    const undone = update(TOPIC, topic({ name: "other" }), topic());
    expect(idsOf(small([undone], { resource_drift: [resource(done)] }))).toEqual(["outside-topic-renamed"]);
  });

  it("is reported twice if the plan changes more than that", () => {
    const done = update(TOPIC, topic(), topic({ name: "other" }));
    const more = update(TOPIC, topic({ name: "other" }), topic({ name: "a third" }));
    expect(idsOf(small([more], { resource_drift: [resource(done)] }))).toEqual([
      "topic-renamed",
      "outside-topic-renamed",
    ]);
  });
});

describe("the owner of the password that Gladly gets", () => {
  const given = (version: number) => webhook({ credentials: { username: "connect", password_wo_version: version } });
  it.each([
    [1, 4, "a new version of the relay's own password, version 2"],
    [2, 3, "Stella Connect's production key instead of Stella Connect's test key, version 1"],
    [3, 2, "Stella Connect's test key instead of Stella Connect's production key, version 1"],
    [2, 1, "the relay's own password instead of Stella Connect's test key, version 1"],
    [3, 6, "a new version of Stella Connect's production key, version 2"],
  ])("follows from its number: %i to %i", (before, after, words) => {
    const [finding] = reviewPlans([
      { name: "p", plan: small([update(WEBHOOK, given(before), given(after))]) },
    ]).findings;
    expect(finding?.title).toContain(words);
  });
});
