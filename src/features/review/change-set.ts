/** A whole plan, read for what it is about: which environment, which survey mode, whether it is a beginning or an end. */
import type { Delivery } from "../../contract/delivery";
import type { SurveyMode } from "../../contract/survey-mode";
import { STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import { type Change, type Difference, readChange, text } from "../../terraform/change";
import { masked } from "../../terraform/mask";
import type { Plan } from "../../terraform/plan";
import { isEmpty } from "../../terraform/value";
import { type RelaySettings, relaySettings } from "./relay-settings";

/** What is and what will be; a side is missing where there is nothing, or it is not known before apply. */
export interface Sides<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export interface ChangeSet {
  /** The stack's name, which is the environment's. */
  readonly name: string;
  /** Every managed resource, also those that stay as they are. */
  readonly all: readonly Change[];
  /** What the plan does. */
  readonly changes: readonly Change[];
  /** What was changed outside of Terraform since the last apply, where it matters. */
  readonly outside: readonly Change[];
  /** Addresses of what the plan only puts back to what it was before somebody changed it outside. */
  readonly restored: ReadonlySet<string>;
  readonly surveyMode: Sides<SurveyMode>;
  readonly delivery: Sides<Delivery>;
  readonly settings: Sides<RelaySettings>;
  /** Gladly's own name of the organization. */
  readonly organization: string | undefined;
  /** Nothing was there before. */
  readonly first: boolean;
  /** Nothing is left after it. */
  readonly destroys: boolean;
  /** The relay goes and the webhook stays: Gladly posts to Stella Connect itself from then on. */
  readonly relayLeaves: boolean;
  /** Outputs of the stack become others, which nobody but a reader of outputs notices. */
  readonly outputsChange: boolean;
  /** A plan that only takes over what was changed outside (`-refresh-only`). */
  readonly refreshOnly: boolean;
  /** Terraform could not finish; it cannot be applied. */
  readonly errored: boolean;
  /** Terraform put something off to a later plan. */
  readonly incomplete: boolean;
  /** Texts of checks and conditions that do not hold, with what they belong to. */
  readonly failedChecks: readonly { readonly address: string; readonly messages: readonly string[] }[];
}

export function changeSet(name: string, plan: Plan): ChangeSet {
  const all = plan.resource_changes.filter(({ mode }) => mode === "managed").map(readChange);
  const changes = all.filter(({ action, movedFrom, adopted }) => action !== "no-op" || movedFrom || adopted);
  const drift = plan.resource_drift.filter(({ mode }) => mode === "managed").map(readChange);
  const outside = drift.filter((change) => change.differences.length > 0 || change.action === "delete");
  const settings = relaySettings(all);
  const ways = delivery(all, settings);
  const did = (action: Change["action"]) => all.length > 0 && all.every((change) => change.action === action);
  return {
    name,
    all,
    changes,
    outside,
    restored: new Set(changes.filter((change) => puts(change, outside)).map(({ address }) => address)),
    surveyMode: surveyMode(plan, settings),
    delivery: ways,
    settings,
    organization: organization(plan),
    first: did("create"),
    destroys: did("delete"),
    relayLeaves: ways.after === "direct" && ways.before !== undefined && ways.before !== "direct",
    outputsChange: Object.values(plan.output_changes).some(({ actions }) =>
      actions.some((action) => action !== "no-op"),
    ),
    refreshOnly: plan.resource_changes.length === 0 && outside.length > 0,
    errored: plan.errored,
    incomplete: plan.complete === false && !plan.errored,
    failedChecks: failedChecks(plan),
  };
}

/** Whether a change only undoes what was done outside. */
function puts(change: Change, outside: readonly Change[]): boolean {
  const done = outside.find(({ address }) => address === change.address);
  if (done === undefined) return false;
  if (done.action === "delete") return change.action === "create";
  const undoes = (one: Difference) =>
    done.differences.some(
      ({ path, before, after }) => path === one.path && before === one.after && after === one.before,
    );
  return change.action === "update" && change.differences.every(undoes);
}

/** Every stack says it in an output, in words; a plan that was cut short may lack it. */
function surveyMode(plan: Plan, settings: Sides<RelaySettings>): Sides<SurveyMode> {
  const output = plan.output_changes.surveys_go_to;
  const said = (value: unknown): SurveyMode | undefined =>
    value === "customers" ? "production" : value === "the test address" ? "test" : undefined;
  return {
    before: settings.before?.surveyMode ?? said(output?.before),
    after: settings.after?.surveyMode ?? said(output?.after),
  };
}

function delivery(all: readonly Change[], settings: Sides<RelaySettings>): Sides<Delivery> {
  const webhook = all.find(({ type }) => type === "gladly_webhook");
  const of = (side: "before" | "after"): Delivery | undefined => {
    const there = webhook !== undefined && !isEmpty(webhook[side]);
    const told = settings[side];
    // A relay that is drained is still there, and Gladly posts past it.
    const past =
      there && told !== undefined && text(webhook[side], "url") === `${told.stellaUrl}${STELLA_WEBHOOK_PATH}`;
    return past ? "direct" : (told?.delivery ?? (there ? "direct" : undefined));
  };
  return { before: of("before"), after: of("after") };
}

function organization(plan: Plan): string | undefined {
  const output = plan.output_changes.gladly_organization;
  const name = text(output, "after") ?? text(output, "before");
  return name === undefined ? undefined : masked(name);
}

function failedChecks(plan: Plan): ChangeSet["failedChecks"] {
  return plan.checks
    .filter(({ status }) => status === "fail" || status === "error")
    .map(({ address, instances }) => ({
      address: address.to_display,
      messages: (instances ?? []).flatMap(({ problems }) => problems.map(({ message }) => masked(message))),
    }));
}
