/** Plans as `terraform show -json` prints them, with only what a test is about. */

import { stackDrift } from "../../../../src/features/drift/judge-stack";
import type { EnvironmentLook, StackLook } from "../../../../src/features/drift/observation";
import { type Plan, PlanSchema } from "../../../../src/terraform/plan";

type Values = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  readonly name?: string;
  /** The values in the state after the last apply. Null: not in the state. */
  readonly state: Values | null;
  /** The current values. Null: deleted. @default as in the state */
  readonly live?: Values | null;
  /** The values in the code. Null: not in the code. @default as in the state */
  readonly code?: Values | null;
  /** Attributes that are known only after an apply. */
  readonly unknown?: Values;
  readonly sensitive?: Values;
  readonly reason?: string;
  readonly replace?: boolean;
  readonly importing?: boolean;
}

/** Terraform's plan for these resources. */
export function planOf(resources: readonly Resource[], rest: object = {}): Plan {
  return PlanSchema.parse({
    format_version: "1.2",
    resource_drift: resources.flatMap(driftOf),
    resource_changes: resources.flatMap(changeOf),
    ...rest,
  });
}

function driftOf({ type, name = "it", state, live = state, sensitive = {} }: Resource): readonly object[] {
  if (state === null || JSON.stringify(state) === JSON.stringify(live)) return [];
  const actions = live === null ? ["delete"] : ["update"];
  return [entry(type, name, { actions, before: state, after: live, marks: sensitive })];
}

function changeOf(resource: Resource): readonly object[] {
  const { type, name = "it", state, live = state, code = state, unknown = {}, sensitive = {} } = resource;
  const actions = resource.replace ? ["delete", "create"] : actionsOf(live, code, unknown);
  const change = { actions, before: live, after: code, unknown, marks: sensitive };
  return [
    {
      ...entry(type, name, change, resource.importing ? { importing: { id: "x" } } : {}),
      ...(resource.reason === undefined ? {} : { action_reason: resource.reason }),
    },
  ];
}

function actionsOf(live: Values | null, code: Values | null, unknown: Values): readonly string[] {
  if (live === null) return code === null ? ["no-op"] : ["create"];
  if (code === null) return ["delete"];
  return JSON.stringify(live) === JSON.stringify(code) && Object.keys(unknown).length === 0 ? ["no-op"] : ["update"];
}

interface Entry {
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
  readonly unknown?: Values;
  readonly marks: Values;
}

function entry(type: string, name: string, { actions, before, after, unknown = {}, marks }: Entry, more: object = {}) {
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    change: {
      actions,
      before,
      after,
      after_unknown: unknown,
      before_sensitive: marks,
      after_sensitive: marks,
      ...more,
    },
  };
}

/** The time of every check: noon. */
export const NOON = Date.parse("2026-11-22T12:00:00Z");

export const environment: EnvironmentLook = {
  delivery: "enrich",
  on: "local",
  gladlyUrl: "https://acme.gladly.com",
  stellaUrl: "https://api.stellaconnect.net",
  webhookName: "Send Stella Survey",
  topicName: "do_not_send_stella",
  file: "stacks/environments/production.ts",
};

/** The webhook after an apply. */
export const webhook = {
  id: "w1",
  name: "Send Stella Survey",
  url: "https://relay.example.com/v1/webhooks/gladly",
  events: ["CONVERSATION/CLOSED"],
  enabled: true,
  credentials: { username: "connect", password_wo_version: 1 },
  has_credentials: true,
  header_keys: [],
  status: "active",
  disabled_at_due_to_retry_limit: null,
  updated_at: "2026-11-20T08:00:00Z",
} as const;

export const topic = { id: "t1", name: "do_not_send_stella", parent_id: null, disabled: false } as const;

/** The judged result for the stack `production`. */
export function judged(resources: readonly Resource[], change: Partial<StackLook> = {}) {
  const plan = planOf(resources);
  const gladly = { webhooks: [], topics: [] };
  const relay = { began: Date.parse("2026-11-01T08:00:00Z") };
  const drift = stackDrift({ stack: "production", environment, plan, gladly, relay, ...change }, new Set(["w1"]), NOON);
  return { ...drift, ids: drift.findings.map(({ id }) => id) };
}

/** All texts of the first finding, joined. */
export function words({ findings }: ReturnType<typeof judged>): string {
  const [first] = findings;
  return [first?.title, first?.detail, first?.remedy].join("\n");
}
