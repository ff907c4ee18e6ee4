/**
 * For every change of a setting (transitions.ts): the removed resources, whether they were protected, whether the apply role
 * may remove them, and what `relay review` says.
 */
import { isDeepStrictEqual } from "node:util";
import { accountsOf } from "../../../src/environment";
import { knownSettings } from "../../../src/environment/known-settings";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { reviewPlans } from "../../../src/features/review/judge";
import { PlanSchema } from "../../../src/terraform/plan";
import { attachedTo, type Call, isAllowed } from "./iam";
import { addresses, attributes, environment, foundation, integration, type Json, json } from "./samples";
import { type Change, ELSEWHERE, TRANSITIONS, type Transition } from "./transitions";

/** Resource types with data: the call that deletes one, and the review's finding. */
const HOLDS_DATA: Readonly<Record<string, { readonly call: string; readonly finding: RegExp }>> = {
  aws_dynamodb_table: { call: "dynamodb:DeleteTable", finding: /^ledger-lost$/ },
  aws_secretsmanager_secret: { call: "secretsmanager:DeleteSecret", finding: /^secret-lost$/ },
  aws_sqs_queue: { call: "sqs:DeleteQueue", finding: /^(event|parked)-queue-lost$/ },
};

function arnOf(type: string, name: string): string {
  const at = (service: string, what: string) => `arn:aws:${service}:us-east-1:444455556666:${what}`;
  if (type === "aws_dynamodb_table") return at("dynamodb", `table/${name}`);
  return type === "aws_sqs_queue" ? at("sqs", name) : at("secretsmanager", `secret:${name}-a1B2c3`);
}

const known = new Map<string, { readonly stack: Json; readonly foundation: Json }>();
/** The environment's stack and its account's foundation. */
function stacksOf(change: Change) {
  const key = JSON.stringify(change);
  const found = known.get(key);
  if (found !== undefined) return found;
  const one = environment("production", change);
  const [account] = accountsOf([one]);
  if (account === undefined) throw new Error("there is no account");
  const made = { stack: json(integration(one)), foundation: json(foundation(account)) };
  known.set(key, made);
  return made;
}

function mayApply(change: Change) {
  const statements = attachedTo(stacksOf(change).foundation, "deploy_production_apply");
  return (call: Call) => isAllowed(call, statements);
}

function removed(before: Json, after: Json): readonly string[] {
  const stay = new Set(addresses(after));
  return addresses(before).filter((address) => !stay.has(address));
}

const typesOf = (removedAddresses: readonly string[]) => [
  ...new Set(removedAddresses.map((address) => address.split(".")[0] ?? "")),
];

/** Removed resources with data, and why they cannot be removed. */
function obstacles(before: Json, after: Json, may: (call: Call) => boolean): readonly string[] {
  return removed(before, after).flatMap((address) => {
    const [type = "", id = ""] = address.split(".");
    const data = HOLDS_DATA[type];
    if (data === undefined) return [];
    const { name, lifecycle, deletion_protection_enabled } = attributes(before, type, id);
    const isProtected = JSON.stringify(lifecycle ?? {}).includes('"prevent_destroy":true');
    return [
      ...(isProtected || deletion_protection_enabled === true ? [`${address} is protected`] : []),
      ...(may({ action: data.call, resource: arnOf(type, String(name)) }) ? [] : [`the role may not ${data.call}`]),
    ];
  });
}

/** The review of a plan from one stack to another. */
function reviewed(before: Json, after: Json): readonly string[] {
  const side = (of: Json, type: string, id: string) => of.resource[type]?.[id] ?? null;
  const resource_changes = [...new Set([...addresses(before), ...addresses(after)])].map((address) => {
    const [type = "", name = ""] = address.split(".");
    const [was, is] = [side(before, type, name), side(after, type, name)];
    const actions =
      was === null ? ["create"] : is === null ? ["delete"] : isDeepStrictEqual(was, is) ? ["no-op"] : ["update"];
    const change = { actions, before: was, after: is, after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
    return { address, mode: "managed", type, name, change };
  });
  const plan = PlanSchema.parse({ format_version: "1.2", resource_changes });
  return [...new Set(reviewPlans([{ name: "production", plan }]).findings.map(({ id }) => id))];
}

function expectRemoved(actual: readonly string[], expected: Transition["removes"] = []): void {
  if (expected === "relay") expect(typesOf(actual)).toEqual(expect.arrayContaining(Object.keys(HOLDS_DATA)));
  else expect([...typesOf(actual)].sort()).toEqual([...expected].sort());
}

describe.each(TRANSITIONS.map((row) => [row.setting, row] as const))("a change of %s", (_setting, row) => {
  const both = () => [stacksOf(row.before), stacksOf(row.after)] as const;

  it("removes what the table says, can be applied by the pipeline, and can be reverted", () => {
    const [before, after] = both();
    expect(isDeepStrictEqual(before, after)).toBe(false);
    expectRemoved(removed(before.stack, after.stack), row.removes);
    expectRemoved(removed(after.stack, before.stack), row.wayBackRemoves);
    expect(!isDeepStrictEqual(before.foundation, after.foundation)).toBe(row.foundation ?? false);
    // The foundation may be one step older than the change, so its role must already have the permission.
    expect(obstacles(before.stack, after.stack, mayApply(row.before))).toEqual([]);
    expect(obstacles(after.stack, before.stack, mayApply(row.after))).toEqual([]);
  });

  it("shows exactly what is lost in the review", () => {
    const [before, after] = both();
    const found = reviewed(before.stack, after.stack);
    expect(found).toEqual(expect.arrayContaining([...(row.review ?? [])]));
    const types = typesOf(removed(before.stack, after.stack));
    for (const [type, { finding }] of Object.entries(HOLDS_DATA)) {
      expect([type, found.some((id) => finding.test(id))]).toEqual([type, types.includes(type)]);
    }
    expect(found).not.toContain("resource-unknown");
  });
});

it("removing the relay without draining is the only change that the apply role may not make", () => {
  const found = obstacles(stacksOf({}).stack, stacksOf({ delivery: "direct" }).stack, mayApply({}));
  expect(found).toContain("aws_dynamodb_table.relay_ledger is protected");
  expect(found).toContain("the role may not dynamodb:DeleteTable");
  expect(found.filter((text) => text.endsWith("is protected"))).toHaveLength(9);
});

it("every setting of the schema has a row, or is listed with the test that covers it", () => {
  const paths = (path: readonly string[]): readonly string[] => {
    const inner = [...new Set(knownSettings(EnvironmentSchema, path))];
    if (inner.length === 0) return [path.join(".")];
    return inner.flatMap((key) => paths([...path, key]));
  };
  const all = paths([]);
  expect(all.length).toBeGreaterThan(50);
  const rows = new Set(TRANSITIONS.map(({ setting }) => setting.split(":")[0] ?? ""));
  const elsewhere = Object.keys(ELSEWHERE);
  const isElsewhere = (path: string) => elsewhere.some((one) => path === one || path.startsWith(`${one}.`));
  expect(all.filter((path) => !rows.has(path) && !isElsewhere(path))).toEqual([]);
  expect(
    [...rows].filter((setting) => !all.some((path) => path === setting || path.startsWith(`${setting}.`))),
  ).toEqual([]);
});
