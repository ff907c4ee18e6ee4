/**
 * A plan as `terraform show -json` prints it, read tolerantly: what is new in it is ignored
 * (https://developer.hashicorp.com/terraform/internals/json-format, format 1.x).
 *
 * A plan's JSON holds the values that Terraform marks sensitive in clear: nothing of `before` and `after` may be shown
 * where `before_sensitive` or `after_sensitive` says true.
 */
import { z } from "zod";

const Change = z.object({
  actions: z.array(z.string()),
  // Left out where nothing is known, as the after of an output that AWS gives out.
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** The shape of `after`, true where a value is known after apply only. */
  after_unknown: z.unknown().optional(),
  /** The shapes of `before` and `after`, true where a value is sensitive. */
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  /** What forces a replacement: paths of keys and indexes. */
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const ResourceChange = z.object({
  address: z.string(),
  /** Where it was before a `moved` block. */
  previous_address: z.string().optional(),
  /** `managed`, `data`, and what later engines add. */
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  /** Key of an object that an earlier replacement left over. */
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

/** An action that runs with the apply, or by itself (`-invoke`); Terraform 1.14 has them. */
const ActionInvocation = z.object({
  address: z.string(),
  type: z.string(),
  lifecycle_action_trigger: z.object({ triggering_resource_address: z.string().optional() }).nullish(),
});

const PriorResource = z.object({ mode: z.string(), type: z.string(), values: z.looseObject({}).default({}) });

export const PlanSchema = z.looseObject({
  format_version: z.string().regex(/^1\./, "must be of format 1.x, as Terraform 1.x prints it"),
  terraform_version: z.string().optional(),
  /** When it was made, RFC 3339. */
  timestamp: z.string().optional(),
  resource_changes: z.array(ResourceChange).default([]),
  /** What was changed outside of Terraform since the state was written. */
  resource_drift: z.array(ResourceChange).default([]),
  output_changes: z.record(z.string(), Change).default({}),
  checks: z.array(CheckResult).default([]),
  /** What Terraform leaves to a later plan, and why. */
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
  /** False where Terraform put something off to a later plan. */
  complete: z.boolean().optional(),
});
export type Plan = z.infer<typeof PlanSchema>;
