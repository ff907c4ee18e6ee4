/** Plans to review: by the real Terraform, and small ones with a single change. */
import { type ReviewInput, reviewPlans } from "../../../../src/features/review/judge";
import type { Place } from "../../../../src/features/review/place";
import { type Plan, PlanSchema } from "../../../../src/terraform/plan";
import { STORED, storedPlan } from "./stored-plans";

/** Names of all plans by the real Terraform (test/features/review/making). */
export const PLANS = STORED;

export function planOf(name: string): Plan {
  return PlanSchema.parse(storedPlan(name));
}

/** The stack of a plan. */
export function stackOf(name: string): string {
  if (name.startsWith("local-")) return "sandbox";
  if (name === "aws-first-deployment") return "staging";
  return name === "aws-foundation" ? "foundation-111122223333" : "production";
}

const ON_AWS: Place = {
  on: "aws",
  account: "444455556666",
  region: "us-east-1",
  gladlyUrl: "https://example.gladly.com",
  delivery: "enrich",
};

/** The earlier place of a plan's environment, from its earlier file. Only for plans of a move. */
export function earlierOf(name: string): Place | undefined {
  if (name.startsWith("aws-moved-")) return ON_AWS;
  if (name.startsWith("local-moved-organization")) return { on: "one machine", gladlyUrl: "http://127.0.0.1:4610" };
  return undefined;
}

/** The input of `relay review` for that plan. */
export function inputOf(name: string): ReviewInput {
  const earlier = earlierOf(name);
  return { name: stackOf(name), plan: planOf(name), ...(earlier === undefined ? {} : { earlier }) };
}

export interface SmallChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly [other: string]: unknown;
}

/** A plan with few changes and an unchanged resource, so that it is neither a first deployment nor a destroy. */
export function small(changes: readonly SmallChange[], more: object = {}): Plan {
  const stays = { address: "terraform_data.stays", actions: ["no-op"], before: { input: 1 }, after: { input: 1 } };
  return PlanSchema.parse({ format_version: "1.2", resource_changes: [stays, ...changes].map(resource), ...more });
}

export function resource({ address, actions, before = null, after = null, ...more }: SmallChange): object {
  const [type = "", name = ""] = address.split(".");
  const { action_reason, previous_address, deposed, mode = "managed", ...change } = more;
  return {
    address,
    mode,
    ...(deposed === undefined ? {} : { deposed }),
    type,
    name: name.replace(/\[.*/, ""),
    ...(action_reason === undefined ? {} : { action_reason }),
    ...(previous_address === undefined ? {} : { previous_address }),
    change: { actions, before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {}, ...change },
  };
}

/** A plan with an empty state, by providers configured for that place. */
export function planIn({ on, account, region, gladlyUrl }: Place, changes: readonly SmallChange[]): Plan {
  const constant = (value: unknown) => (value === undefined ? {} : { constant_value: value });
  const expressions = { region: constant(region), allowed_account_ids: constant(account && [account]) };
  return PlanSchema.parse({
    format_version: "1.2",
    resource_changes: changes.map(resource),
    configuration: {
      provider_config: {
        ...(on === "aws" ? { aws: { name: "aws", expressions } } : {}),
        gladly: { name: "gladly", expressions: { url: constant(gladlyUrl) } },
      },
    },
  });
}

/** Ids of the review's findings for that plan. */
export function idsOf(plan: Plan, name = "production", earlier?: Place): readonly string[] {
  const input = { name, plan, ...(earlier === undefined ? {} : { earlier }) };
  return reviewPlans([input]).findings.map(({ id }) => id);
}
