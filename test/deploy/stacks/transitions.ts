/**
 * Changes of every setting of an environment file. The table has the resources that a change removes, and whether the
 * foundation must be applied first. transitions.slow.test.ts compares it with the stacks.
 */
import type { EnvironmentInput } from "../../../src/environment";
import { environment, live } from "./samples";

export type Change = Partial<EnvironmentInput>;
const { relay, webhook, gladly } = { ...environment("production") };
const { domain, pipeline, alarms } = relay;
const on = (change: object): Change => ({ relay: { ...relay, ...change } });
const policy = (change: NonNullable<EnvironmentInput["policy"]>): Change => ({ policy: change });
const KEY = "arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-0000-0000-000000000000";
const FORWARD = { delivery: "forward" } as const;
const DIRECT = { delivery: "direct" } as const;
const DOMAIN = [
  "aws_acm_certificate",
  "aws_acm_certificate_validation",
  "aws_apigatewayv2_api_mapping",
  "aws_apigatewayv2_domain_name",
  "aws_route53_record",
];

export interface Transition {
  /** Path of the setting. If a setting has several rows, a text after a colon distinguishes them. */
  readonly setting: string;
  readonly before: Change;
  readonly after: Change;
  /** Resource types that the change, or its reversal, removes. `relay`: everything except Gladly's resources. */
  readonly removes?: readonly string[] | "relay";
  readonly wayBackRemoves?: readonly string[] | "relay";
  /** Whether the change also changes the foundation, which an administrator applies. @default false */
  readonly foundation?: boolean;
  /** Findings that the review must have. @default any */
  readonly review?: readonly string[];
}

const row = (setting: string, before: Change, after: Change, more: Partial<Transition> = {}): Transition => ({
  ...{ setting, before, after },
  ...more,
});

export const TRANSITIONS: readonly Transition[] = [
  row("surveyMode", {}, live, { review: ["key-switched"] }),
  row("delivery: forward and enrich", { delivery: "forward" }, { delivery: "enrich" }),
  row(
    "delivery: enrich, and direct while it drains",
    {},
    { ...DIRECT, draining: "enrich" },
    { foundation: true, review: ["protection-lifted"] },
  ),
  row(
    "delivery: forward, and direct while it drains",
    { delivery: "forward" },
    { ...DIRECT, draining: "forward" },
    { foundation: true, review: ["protection-lifted"] },
  ),
  row("draining", { ...DIRECT, draining: "enrich" }, DIRECT, {
    removes: "relay",
    review: ["event-queue-lost", "ledger-lost", "parked-queue-lost", "secret-lost"],
  }),
  row("retired", {}, { retired: true }, { foundation: true, review: ["protection-lifted"] }),
  row("retired: taken back", { retired: true }, {}, { foundation: true, review: ["protection-restored"] }),

  row("gladly.user", {}, { gladly: { ...gladly, user: "another@example.com" } }),
  row("gladly.requestsPerSecond", {}, { gladly: { ...gladly, requestsPerSecond: 25 } }),
  row("stella.url", {}, { stella: { url: "https://eu.example.com" } }),
  row("webhook.name", {}, { webhook: { ...webhook, name: "Another" } }),
  row("webhook.passwordVersion", {}, { webhook: { ...webhook, passwordVersion: 2 } }),
  row("topic.name", {}, { topic: { name: "another" } }),

  row("relay.conversationsPerDay", FORWARD, { ...FORWARD, ...on({ conversationsPerDay: 2_000_000 }) }),
  row("relay.domain", {}, on({ domain: undefined }), { removes: DOMAIN, foundation: true }),
  row("relay.domain.name", {}, on({ domain: { ...domain, name: "other.example.com" } })),
  row("relay.domain.hostedZone", {}, on({ domain: { ...domain, hostedZone: "Z9999999999EXAMPLE" } }), {
    foundation: true,
  }),
  row("relay.tags", {}, on({ tags: { team: "care" } }), { foundation: true }),
  row("relay.boundary", {}, on({ boundary: "arn:aws:iam::444455556666:policy/limits" }), { foundation: true }),
  row("relay.kmsKey", {}, on({ kmsKey: KEY }), { foundation: true }),
  row("relay.kmsKey: made by the foundation", {}, on({ kmsKey: "foundation" }), { foundation: true }),
  row("relay.tracing", {}, on({ tracing: true }), { foundation: true }),
  row("relay.identityProvider", {}, on({ identityProvider: "existing" }), { foundation: true }),
  row("relay.alarms.email", {}, on({ alarms: { ...alarms, email: "other@example.com" } })),
  row("relay.alarms.topic", {}, on({ alarms: { ...alarms, topic: "arn:aws:sns:us-east-1:444455556666:oncall" } }), {
    removes: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
    foundation: true,
  }),
  row("relay.alarms.busyHours.from", {}, on({ alarms: { ...alarms, busyHours: { ...alarms.busyHours, from: 8 } } })),
  row("relay.alarms.busyHours.to", {}, on({ alarms: { ...alarms, busyHours: { ...alarms.busyHours, to: 20 } } })),
  row(
    "relay.alarms.busyHours.weekends",
    {},
    on({ alarms: { ...alarms, busyHours: { ...alarms.busyHours, weekends: false } } }),
  ),
  row("relay.alarms.budget", {}, on({ alarms: { ...alarms, budget: 80 } })),
  row("relay.runtime", {}, on({ runtime: "nodejs24.x" })),
  row("relay.logRetentionDays", {}, on({ logRetentionDays: 30 }), { review: ["log-retention-lowered"] }),
  row("relay.pipeline.repository", {}, on({ pipeline: { repository: "example/other" } }), { foundation: true }),
  row("relay.pipeline.ownerId", {}, on({ pipeline: { ...pipeline, ownerId: 1, repositoryId: 2 } }), {
    foundation: true,
  }),
  row(
    "relay.pipeline.repositoryId",
    on({ pipeline: { ...pipeline, ownerId: 1, repositoryId: 2 } }),
    on({ pipeline: { ...pipeline, ownerId: 1, repositoryId: 3 } }),
    { foundation: true },
  ),

  row("policy.doNotSend", {}, policy({ doNotSend: "skip" })),
  row("policy.ambiguous", {}, policy({ ambiguous: "park" })),
  row("policy.bots", {}, policy({ bots: ["greeter@example.com"] })),
  row("policy.channels", {}, policy({ channels: { SMS: null } })),
  row("policy.otherChannel", {}, policy({ otherChannel: null })),
  row("policy.brand", {}, policy({ brand: "Example" })),
  row("policy.language", {}, policy({ language: "de" })),
  row("policy.oncePerConversation", {}, policy({ oncePerConversation: true })),
  row("policy.tags", {}, policy({ tags: ["inbox"] })),
  row("policy.externalUrl", {}, policy({ externalUrl: "https://example.com/{conversationId}" })),
  row("policy.feedback: in test mode", {}, policy({ feedback: true })),
  row("policy.feedback: in production", live, { ...live, ...policy({ feedback: true }) }),
  row("policy.exclude.topics", {}, policy({ exclude: { topics: ["Billing"] } })),
  row("policy.exclude.inboxes", {}, policy({ exclude: { inboxes: ["Support"] } })),
  row("policy.exclude.closedBy", {}, policy({ exclude: { closedBy: ["AGENT"] } })),
  row("policy.exclude.withoutAgentMessage", {}, policy({ exclude: { withoutAgentMessage: true } })),
  row("policy.exclude.startedByAgent", {}, policy({ exclude: { startedByAgent: true } })),
  row("policy.exclude.customerSilentDays", {}, policy({ exclude: { customerSilentDays: 30 } })),
  row("policy.delay", {}, policy({ delay: 30 })),
  row("policy.missingName", {}, policy({ missingName: null })),
  row("policy.retentionDays", {}, policy({ retentionDays: 7 }), { review: ["queue-changed"] }),
];

/** Settings that do not change an environment in place, with the test that covers them. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  name: "another stack with a state of its own: test/features/review/moves.test.ts, test/workflows",
  "gladly.url": "another organization, whose objects have other ids: test/features/review/moves.test.ts",
  "relay.on": "another home with another ledger: test/features/review/moves.test.ts",
  "relay.url": "only on one machine: test/deploy/stacks/one-machine.test.ts",
  "relay.account": "another state: test/features/review/moves.test.ts",
  "relay.region": "another state: test/features/review/moves.test.ts",
  "relay.stateRegion": "another state: test/deploy/stacks/two-regions.test.ts",
  adopted: "an import: test/deploy/stacks/adopted.test.ts",
  manualSteps: "a record for the reviewer, which is in no stack: test/environment/manual-steps.test.ts",
};
