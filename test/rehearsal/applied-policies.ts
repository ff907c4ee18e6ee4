/**
 * Reads the applied policies of every role from Terraform's state in the bucket, and checks that they allow the role's
 * calls.
 */
import { z } from "zod";
import { type Call, isAllowed, readPolicy } from "../deploy/stacks/iam";
import type { Caller } from "./access-keys";
import { callerOf } from "./access-keys";
import type { LoggedCall } from "./emulator";
import { ACCOUNT, type World } from "./world";

type Statements = ReturnType<typeof readPolicy>;
/** A role's own policies and, if it has one, its permissions boundary. Each must allow a call. */
type Role = readonly Statements[];
export type Roles = ReadonlyMap<Caller, Role>;

const State = z.looseObject({
  resources: z.array(
    z.looseObject({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.looseObject({ attributes: z.record(z.string(), z.unknown()) })),
    }),
  ),
});
type Resources = z.infer<typeof State>["resources"];

/** @param other name of the second environment, whose pipeline calls as `apply-other` */
export async function appliedRoles(world: World, other: string): Promise<Roles> {
  const foundation = await stateOf(world, `foundation-${ACCOUNT}`);
  const relay = await stateOf(world, "staging");
  const roles = new Map<Caller, Role>();
  const add = (caller: Caller, ...parts: Role) => {
    if (parts.every((part) => part.length > 0)) roles.set(caller, parts);
  };
  add("plan", attached(foundation, "relay-plan-staging"));
  add("apply", attached(foundation, "relay-apply-staging"));
  add("apply-other", attached(foundation, `relay-apply-${other}`));
  add("operator", named(foundation, "relay-staging-operator"));
  add("secrets-admin", named(foundation, "relay-staging-secrets-admin"));
  const boundary = named(foundation, "relay-staging-boundary");
  for (const name of ["ingest", "worker", "watchdog"] as const)
    add(name, inline(relay, `relay-staging-${name}`), boundary);
  return roles;
}

async function stateOf(world: World, stack: string): Promise<Resources> {
  const text = await world.callAws("s3", `/relay-state-${ACCOUNT}/${stack}.tfstate`).catch(() => undefined);
  return text === undefined ? [] : State.parse(JSON.parse(text)).resources;
}

const attributesOf = (resources: Resources, type: string) =>
  resources
    .filter((one) => one.type === type)
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes));

const named = (resources: Resources, name: string) =>
  attributesOf(resources, "aws_iam_policy")
    .filter((policy) => policy.name === name)
    .flatMap(({ policy }) => readPolicy(policy));

function attached(resources: Resources, role: string): Statements {
  const arns = attributesOf(resources, "aws_iam_role_policy_attachment")
    .filter((attachment) => attachment.role === role)
    .map(({ policy_arn }) => policy_arn);
  return attributesOf(resources, "aws_iam_policy")
    .filter(({ arn }) => arns.includes(arn))
    .flatMap(({ policy }) => readPolicy(policy));
}

const inline = (resources: Resources, role: string) =>
  attributesOf(resources, "aws_iam_role_policy")
    .filter((policy) => policy.role === role)
    .flatMap(({ policy }) => readPolicy(policy));

const allows = (role: Role | undefined, call: Call) => role?.every((part) => isAllowed(call, part)) ?? false;

/** Callers without one of the project's roles: an administrator, manual changes, and AWS itself. */
const WITHOUT_ROLE: readonly Caller[] = ["admin", "hand", "host"];

/**
 * The calls that no policy of their role allows.
 *
 * @param snapshots the roles before and after the calls, because an apply may change a policy and use it
 */
export function refused(calls: readonly LoggedCall[], snapshots: readonly Roles[]): readonly string[] {
  const lines = calls.flatMap(({ accessKey, action, resource, context }) => {
    const caller = callerOf(accessKey);
    if (caller === undefined) return [`unknown key ${accessKey}: ${action} on ${resource}`];
    if (WITHOUT_ROLE.includes(caller)) return [];
    const call = { action, resource, ...(context === undefined ? {} : { context }) };
    return snapshots.some((roles) => allows(roles.get(caller), call)) ? [] : [`${caller}: ${action} on ${resource}`];
  });
  return [...new Set(lines)].sort();
}

/** The actions that a role's policies allow, by role. */
export function allowedActions(roles: Roles): ReadonlyMap<Caller, readonly string[]> {
  return new Map(
    [...roles].map(([caller, [own = []]]) => [
      caller,
      [...new Set(own.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action))].sort(),
    ]),
  );
}

/** The distinct actions that were called, by caller. */
export function calledActions(calls: readonly LoggedCall[]): ReadonlyMap<Caller, readonly string[]> {
  const found = new Map<Caller, Set<string>>();
  for (const { accessKey, action } of calls) {
    const caller = callerOf(accessKey);
    if (caller === undefined) continue;
    found.set(caller, (found.get(caller) ?? new Set()).add(action));
  }
  return new Map([...found].map(([caller, actions]) => [caller, [...actions].sort()]));
}
