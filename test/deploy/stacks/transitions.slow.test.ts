/**
 * Every setting of an environment file that may change, from one value to another: what the change destroys, whether
 * that was kept from being destroyed, and whether the role that applies it may do so.
 */
import { accountsOf, type EnvironmentInput } from "../../../src/environment";
import { attachedTo, type Call, isAllowed } from "./iam";
import { addresses, attributes, environment, foundation, integration, type Json, json, live } from "./samples";

type Change = Partial<EnvironmentInput>;
const { relay } = environment("production");
const { domain: _domain, ...withoutDomain } = relay;

/** Setting, before, after; each is walked both ways. */
const SETTINGS: readonly (readonly [setting: string, one: Change, other: Change])[] = [
  ["surveyMode", {}, live],
  ["delivery: forward and enrich", { delivery: "forward" }, { delivery: "enrich" }],
  ["delivery: enrich, and direct while it drains", {}, { delivery: "direct", draining: "enrich" }],
  [
    "delivery: forward, and direct while it drains",
    { delivery: "forward" },
    { delivery: "direct", draining: "forward" },
  ],
  ["draining, and no relay", { delivery: "direct", draining: "enrich" }, { delivery: "direct" }],
  ["policy", {}, { policy: { oncePerConversation: true } }],
  ["policy.feedback in test mode", {}, { policy: { feedback: true } }],
  ["policy.feedback in production", live, { ...live, policy: { feedback: true } }],
  ["retired", {}, { retired: true }],
  ["topic", {}, { topic: { name: "another" } }],
  ["webhook", {}, { webhook: { name: "Another", passwordVersion: 2 } }],
  ["relay.domain", {}, { relay: withoutDomain }],
  [
    "relay.alarms.topic",
    {},
    { relay: { ...relay, alarms: { ...relay.alarms, topic: "arn:aws:sns:us-east-1:444455556666:oncall" } } },
  ],
  ["relay.boundary", {}, { relay: { ...relay, boundary: "arn:aws:iam::444455556666:policy/limits" } }],
  [
    "relay.kmsKey",
    {},
    { relay: { ...relay, kmsKey: "arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-0000-0000-000000000000" } },
  ],
  ["relay.tracing", {}, { relay: { ...relay, tracing: true } }],
  ["relay.tags", {}, { relay: { ...relay, tags: { team: "care" } } }],
  ["relay.logRetentionDays", {}, { relay: { ...relay, logRetentionDays: 365 } }],
  ["relay.conversationsPerDay", {}, { relay: { ...relay, conversationsPerDay: 50_000 } }],
];

/** What holds data, and the call that deletes it. */
const DELETES: Readonly<Record<string, string>> = {
  aws_dynamodb_table: "dynamodb:DeleteTable",
  aws_secretsmanager_secret: "secretsmanager:DeleteSecret",
  aws_sqs_queue: "sqs:DeleteQueue",
};

function arnOf(type: string, name: string): string {
  const at = (service: string, what: string) => `arn:aws:${service}:us-east-1:444455556666:${what}`;
  if (type === "aws_dynamodb_table") return at("dynamodb", `table/${name}`);
  return type === "aws_sqs_queue" ? at("sqs", name) : at("secretsmanager", `secret:${name}-a1B2c3`);
}

/** What goes from a stack and holds data, and why that cannot be done. */
function obstacles(before: Json, after: Json, may: (call: Call) => boolean): readonly string[] {
  const gone = addresses(before).filter((address) => !addresses(after).includes(address));
  return gone.flatMap((address) => {
    const [type = "", id = ""] = address.split(".");
    const action = DELETES[type];
    if (action === undefined) return [];
    const { name, lifecycle, deletion_protection_enabled } = attributes(before, type, id);
    const isProtected = JSON.stringify(lifecycle ?? {}).includes('"prevent_destroy":true');
    return [
      ...(isProtected || deletion_protection_enabled === true ? [`${address} is protected`] : []),
      ...(may({ action, resource: arnOf(type, String(name)) }) ? [] : [`the role may not ${action}`]),
    ];
  });
}

function applyRole(change: Change) {
  const [account] = accountsOf([environment("production", change)]);
  if (account === undefined) throw new Error("there is no account");
  const statements = attachedTo(json(foundation(account)), "deploy_production_apply");
  return (call: Call) => isAllowed(call, statements);
}

const stackOf = (change: Change) => json(integration(environment("production", change)));

describe.each(SETTINGS)("a change of %s", (_setting, one, other) => {
  const [first, second] = [stackOf(one), stackOf(other)];

  it("can be applied by the pipeline, and be taken back, and destroys nothing that is protected", () => {
    // The foundation may be older than the change by one step: its role must have been able to before.
    expect(obstacles(first, second, applyRole(one))).toEqual([]);
    expect(obstacles(second, first, applyRole(other))).toEqual([]);
  });
});

it("an end of the relay without draining is the one change that the role of an environment at work may not make", () => {
  const found = obstacles(stackOf({}), stackOf({ delivery: "direct" }), applyRole({}));
  expect(found).toContain("aws_dynamodb_table.relay_ledger is protected");
  expect(found).toContain("the role may not dynamodb:DeleteTable");
  expect(found.filter((text) => text.endsWith("is protected"))).toHaveLength(9);
});
