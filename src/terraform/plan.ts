/**
 * The schema of `terraform show -json`. It is tolerant and ignores new fields
 * (https://developer.hashicorp.com/terraform/internals/json-format, format 1.x).
 *
 * A plan's JSON has sensitive values in plain text. Parts of `before` and `after` must not be shown if `before_sensitive` or
 * `after_sensitive` is true for them.
 */
import { z } from "zod";

const Change = z.object({
  actions: z.array(z.string()),
  // Missing if nothing is known, such as the `after` of an output with a value from AWS.
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** The shape of `after`, with true for values that are known only after apply. */
  after_unknown: z.unknown().optional(),
  /** The shapes of `before` and `after`, with true for sensitive values. */
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  /** Paths, as keys and indexes, that force a replacement. */
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const ResourceChange = z.object({
  address: z.string(),
  /** The address before a `moved` block. */
  previous_address: z.string().optional(),
  /** `managed`, `data`, or a newer mode. */
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  /** Key of an object that is left over from an earlier replacement. */
  deposed: z.string().optional(),
  change: Change,
  action_reason: z.string().optional(),
});
export type ResourceChange = z.infer<typeof ResourceChange>;

const CheckResult = z.object({
  address: z.object({ to_display: z.string() }),
  status: z.string(),
  instances: z.array(z.object({ problems: z.array(z.object({ message: z.string() })).default([]) })).nullish(),
});

/** An action that runs with the apply or alone (`-invoke`), since Terraform 1.14. */
const ActionInvocation = z.object({
  address: z.string(),
  type: z.string(),
  lifecycle_action_trigger: z.object({ triggering_resource_address: z.string().optional() }).nullish(),
});

const PriorResource = z.object({ mode: z.string(), type: z.string(), values: z.looseObject({}).default({}) });

export const PlanSchema = z.looseObject({
  format_version: z.string().regex(/^1\./, "must be of format 1.x, as Terraform 1.x prints it"),
  terraform_version: z.string().optional(),
  /** Creation time, RFC 3339. */
  timestamp: z.string().optional(),
  resource_changes: z.array(ResourceChange).default([]),
  /** Changes made outside of Terraform since the state was written. */
  resource_drift: z.array(ResourceChange).default([]),
  output_changes: z.record(z.string(), Change).default({}),
  checks: z.array(CheckResult).default([]),
  /** Changes that Terraform defers to a later plan, with the reason. */
  deferred_changes: z
    .array(z.object({ reason: z.string().optional(), resource_change: ResourceChange }))
    .nullish()
    .transform((list) => list ?? []),
  action_invocations: z
    .array(ActionInvocation)
    .nullish()
    .transform((list) => list ?? []),
  deferred_action_invocations: z
    .array(z.object({ reason: z.string().optional(), action_invocation: ActionInvocation }))
    .nullish()
    .transform((list) => list ?? []),
  /** What was read before the plan. Modules are left out: what is looked for here stands in none. */
  prior_state: z
    .object({
      values: z.object({ root_module: z.object({ resources: z.array(PriorResource).default([]) }) }).optional(),
    })
    .optional(),
  /** Whether Terraform could not finish planning; such a plan cannot be applied. */
  errored: z.boolean().default(false),
  /** False if Terraform deferred something to a later plan. */
  complete: z.boolean().optional(),
});
export type Plan = z.infer<typeof PlanSchema>;
