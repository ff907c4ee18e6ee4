/** Mutates real plans, and checks the review of each. */
import fc from "fast-check";
import { reviewPlans } from "../../../../src/features/review/judge";
import { FORMATS, render } from "../../../../src/report/reporters";
import { PlanSchema } from "../../../../src/terraform/plan";
import { enginePlans } from "./engine-plans";
import { storedPlan } from "./stored-plans";

const PLANS = ["local-go-live", "local-moved-forgotten-and-check", "local-switched-off-outside", "local-policy"];
/** Long and not a real secret, without a pattern that the masks know, so that only the plan's sensitive mark can hide it. */
export const SECRET = "vip list of customers";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Document = { [key: string]: Json };

const NAMES = ["name", "url", "input", "id", "events", "__proto__", "constructor", "toString", "policy", "region"];
const ACTIONS = [
  ...[["no-op"], ["create"], ["update"], ["delete"], ["forget"], ["read"], ["delete", "create"], ["create", "delete"]],
  ...[["create", "forget"], [], ["open"], ["delete", "forget"]],
];

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(null, true, 7, "", "text", '{"Statement":[]}'),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** A change whose secret is marked as sensitive only before or only after. */
const change = fc.record({
  address: fc.constantFrom("gladly_webhook.survey_webhook", 'x.y["`</summary>@a"]', "module.a.aws_sqs_queue.q[0]"),
  mode: fc.constantFrom("managed", "managed", "managed", "data", "ephemeral"),
  type: fc.constantFrom("gladly_webhook", "gladly_topic", "aws_sqs_queue", "__proto__", "constructor", "x"),
  name: fc.constantFrom("survey_webhook", "relay_queue_main", "constructor"),
  deposed: fc.option(fc.constant("a1b2c3d4"), { nil: undefined }),
  previous_address: fc.option(fc.constant("x.old"), { nil: undefined }),
  change: fc
    .tuple(fc.constantFrom(...ACTIONS), json, json, fc.constantFrom(...NAMES), fc.boolean(), fc.boolean())
    .map(([actions, before, after, name, list, first]) => {
      const planted = (value: Json): Json => {
        const inner = list ? [{ [name]: SECRET, value: 1 }] : SECRET;
        return { ...(typeof value === "object" && !Array.isArray(value) ? value : {}), secret: inner };
      };
      const marks = { secret: list ? [{ [name]: true }] : true };
      return {
        actions,
        before: planted(before),
        after: planted(after),
        before_sensitive: first ? marks : {},
        after_sensitive: first ? false : marks,
        after_unknown: {},
      };
    }),
});

const mutated = fc
  .tuple(
    fc.constantFrom(...PLANS.map(storedPlan), ...enginePlans().map(({ plan }) => plan)),
    fc.array(change, { maxLength: 4 }),
    fc.array(change, { maxLength: 2 }),
    fc.option(fc.tuple(fc.constantFrom("outputs", "ponderings", "deferred_changes", "action_invocations"), json)),
  )
  .map(([base, changes, drift, extra]) => {
    const plan = structuredClone(base) as Document;
    plan.resource_changes = [...((plan.resource_changes as Json[]) ?? []), ...(changes as unknown as Json[])];
    plan.resource_drift = [...((plan.resource_drift as Json[] | undefined) ?? []), ...(drift as unknown as Json[])];
    plan.output_changes = {
      ...(plan.output_changes as Document),
      vip: { actions: ["update"], before: SECRET, after: SECRET, before_sensitive: true, after_sensitive: false },
    };
    if (extra?.[0] === "ponderings") plan.ponderings = extra[1];
    return plan;
  });

/** Counts like Terraform, independently of the review. */
function count(plan: Document): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const resource of plan.resource_changes as Document[]) {
    if (resource.mode !== "managed") continue;
    const actions = ((resource.change as Document).actions as string[]).toSorted().join("+");
    const word = {
      create: "create",
      update: "update",
      delete: "destroy",
      forget: "forget",
      read: "read",
      "create+delete": "replace",
      "create+forget": "replace and forget",
    }[actions];
    const besides = resource.deposed === undefined && actions === "no-op" ? withoutChange(resource) : undefined;
    const counted = word ?? besides;
    if (counted !== undefined) counts[counted] = (counts[counted] ?? 0) + 1;
  }
  return counts;
}

/** Whether Terraform only moves or imports a resource. */
function withoutChange({ previous_address, change }: Document): string | undefined {
  if ((change as Document).importing) return "import";
  return previous_address === undefined ? undefined : "move";
}

/**
 * For mutated plans, checks that a review does not fail, shows no planted secret, and has the same numbers as an independent
 * count.
 *
 * @returns how many plans the review understood completely
 */
export function reviewMutatedPlans(runs: number): number {
  let understood = 0;
  fc.assert(
    fc.property(mutated, (document) => {
      const plan = PlanSchema.parse(document);
      const report = reviewPlans([{ name: "sandbox", plan }]);
      for (const format of FORMATS) {
        const text = render(report, format, { colour: true, whole: "elsewhere" });
        if (text.includes(SECRET)) throw new Error(`${format} shows the secret`);
      }
      const [{ counts }] = report.data.stacks as [{ counts: Record<string, number> }];
      const { "change in a way that is not understood": unknown = 0, ...known } = counts;
      expect(known).toEqual(count(document));
      const odd = report.findings.some(({ id }) => id === "plan-not-understood");
      if (unknown > 0) expect(odd).toBe(true);
      understood += odd ? 0 : 1;
    }),
    { numRuns: runs },
  );
  return understood;
}
