/** A whole plan, read for what it is about: which environment, which survey mode, whether it is a beginning or an end. */
import type { Delivery } from "../../contract/delivery";
import type { SurveyMode } from "../../contract/survey-mode";
import { STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import { type Change, type Difference, type PlanChanges, readChanges, text } from "../../terraform/change";
import { marksOf } from "../../terraform/marks";
import { masked } from "../../terraform/mask";
import type { Plan } from "../../terraform/plan";
import { unknownParts } from "../../terraform/unknown-parts";
import { isEmpty, visible } from "../../terraform/value";
import { awsPlaces, hasMoved, type Moved } from "../drift/judge-organization";
import { type Place, placeOfPlan, placeWords, relayMoves } from "./place";
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
  /** Addresses of resources that the plan only restores after a change outside. */
  readonly restored: ReadonlySet<string>;
  readonly surveyMode: Sides<SurveyMode>;
  readonly delivery: Sides<Delivery>;
  readonly settings: Sides<RelaySettings>;
  /** Gladly's organization, where the plan leaves one for another: by address, or by name. */
  readonly organizationMove: Moved;
  /** AWS account and Region, where the plan leaves one for another. */
  readonly awsMove: Moved;
  /** Where the relay was, where the environment moves and the state of the new place is still empty. */
  readonly relayLeft: Moved;
  /** Gladly's own name of the organization. */
  readonly organization: string | undefined;
  /** Nothing was there before: everything is created. */
  readonly first: boolean;
  /** The state has none of the resources yet: everything is created or imported. */
  readonly empty: boolean;
  /** Nothing is left after it. */
  readonly destroys: boolean;
  /** The relay goes and the webhook stays: Gladly posts to Stella Connect itself from then on. */
  readonly relayLeaves: boolean;
  /** Objects that earlier replacements left over, which the plan removes. */
  readonly leftovers: readonly Change[];
  /** What Terraform leaves to a later plan. */
  readonly deferred: PlanChanges["deferred"];
  /** Actions that run with the apply, by address. */
  readonly actions: readonly ActionRun[];
  /** Outputs of the stack that change. Values that may not be shown are hidden. */
  readonly outputs: readonly OutputChange[];
  /** Parts of the plan that this version cannot read, by name. */
  readonly notUnderstood: readonly string[];
  /** A plan that only takes over what was changed outside (`-refresh-only`). */
  readonly refreshOnly: boolean;
  /** Terraform could not finish; it cannot be applied. */
  readonly errored: boolean;
  /** Terraform put something off to a later plan. */
  readonly incomplete: boolean;
  /** Texts of checks and conditions that do not hold, with what they belong to. */
  readonly failedChecks: readonly { readonly address: string; readonly messages: readonly string[] }[];
}

export interface ActionRun {
  readonly address: string;
  readonly type: string;
  /** Whether Terraform leaves it to a later plan. */
  readonly deferred: boolean;
}

export interface OutputChange {
  readonly name: string;
  readonly action: "create" | "update" | "delete";
  readonly before?: string;
  readonly after?: string;
}

/** @param earlier where the environment was before the change; undefined where that is not known, or it is new */
export function changeSet(name: string, plan: Plan, earlier?: Place): ChangeSet {
  const { planned: all, deposed, drift, deferred } = readChanges(plan);
  const changes = all.filter(({ action, movedFrom, adopted }) => action !== "no-op" || movedFrom || adopted);
  const outside = drift.filter((change) => change.differences.length > 0 || change.action === "delete");
  const settings = relaySettings(all);
  // What is imported was not in the state.
  const empty = all.length > 0 && all.every(({ adopted, before }) => adopted || isEmpty(before));
  // The provider refuses to plan the objects of one organization in another, so such a plan ends with an error.
  const place = earlier !== undefined && (empty || plan.errored) ? placeOfPlan(plan) : undefined;
  const relayLeft = places(earlier, place);
  const found = delivery(all, settings);
  // An imported webhook is Stella Connect's own, except where an environment moves: it delivers to the relay that is left.
  const ways = hasMoved(relayLeft) ? { ...found, before: earlier?.delivery } : found;
  const did = (action: Change["action"]) => all.length > 0 && all.every((change) => change.action === action);
  return {
    name,
    all,
    changes,
    outside,
    leftovers: deposed.filter(({ action }) => action !== "no-op"),
    deferred,
    actions: actionsOf(plan),
    outputs: outputsOf(plan),
    notUnderstood: unknownParts(plan),
    restored: restoredIn(changes, outside),
    surveyMode: surveyMode(plan, settings),
    delivery: ways,
    settings,
    organizationMove: place === undefined ? organizationMove(plan, settings, drift) : urls(earlier, place),
    awsMove: awsPlaces(all),
    relayLeft,
    organization: organization(plan),
    first: did("create"),
    empty,
    destroys: did("delete"),
    relayLeaves: ways.after === "direct" && ways.before !== undefined && ways.before !== "direct",
    refreshOnly: plan.resource_changes.length === 0 && outside.length > 0,
    errored: plan.errored,
    incomplete: plan.complete === false && !plan.errored,
    failedChecks: failedChecksOf(plan),
  };
}

/** Addresses of changes that only undo what was done outside. */
function restoredIn(changes: readonly Change[], outside: readonly Change[]): ReadonlySet<string> {
  const done = new Map(outside.map((change) => [change.address, change]));
  return new Set(changes.filter((change) => undoes(change, done.get(change.address))).map(({ address }) => address));
}

function undoes(change: Change, done: Change | undefined): boolean {
  if (done === undefined) return false;
  if (done.action === "delete") return change.action === "create";
  const reverts = (one: Difference) =>
    done.differences.some(
      ({ path, before, after }) => path === one.path && before === one.after && after === one.before,
    );
  return change.action === "update" && change.differences.every(reverts);
}

/** Every stack has it in an output. An incomplete plan may not have the output. */
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
    const known = settings[side];
    // A relay that is drained is still there, and Gladly posts past it.
    const past =
      there && known !== undefined && text(webhook[side], "url") === `${known.stellaUrl}${STELLA_WEBHOOK_PATH}`;
    // Without a relay Gladly posts to Stella directly. An address that is not known yet is a relay's.
    const withoutRelay = there && text(webhook[side], "url") !== undefined;
    return past ? "direct" : (known?.delivery ?? (withoutRelay ? "direct" : undefined));
  };
  return { before: of("before"), after: of("after") };
}

function actionsOf(plan: Plan): readonly ActionRun[] {
  const runs = plan.action_invocations.map(({ address, type }) => ({ address, type, deferred: false }));
  const later = plan.deferred_action_invocations.map(({ action_invocation: { address, type } }) => ({
    ...{ address, type, deferred: true },
  }));
  return [...runs, ...later];
}

function outputsOf(plan: Plan): readonly OutputChange[] {
  return Object.entries(plan.output_changes).flatMap(([name, output]): readonly OutputChange[] => {
    const action = (["create", "update", "delete"] as const).find((one) => output.actions.includes(one));
    if (action === undefined) return [];
    const marks = marksOf([output.before_sensitive, output.after_sensitive]);
    const shown = (value: unknown, unknown: unknown) => {
      const seen = visible(value, marks, unknown, name);
      return seen === undefined || seen === null ? undefined : typeof seen === "string" ? seen : JSON.stringify(seen);
    };
    const before = shown(output.before, undefined);
    const after = shown(output.after, output.after_unknown);
    return [{ name, action, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  });
}

function organizationMove(plan: Plan, { before, after }: Sides<RelaySettings>, drift: readonly Change[]): Moved {
  const urls = { before: before?.gladlyUrl, after: after?.gladlyUrl };
  if (hasMoved(urls)) return urls;
  // Without a relay only the organization's name shows it, and a name alone may just have been changed.
  const deleted = drift.some(({ type, action }) => type === "gladly_webhook" && action === "delete");
  const output = plan.output_changes.gladly_organization;
  const hidden = output === undefined || marksOf([output.before_sensitive, output.after_sensitive]) === true;
  const nameOf = (side: "before" | "after") => (hidden || !deleted ? undefined : text(output, side));
  return { before: nameOf("before"), after: nameOf("after") };
}

function urls(earlier: Place | undefined, now: Place): Moved {
  return { before: earlier?.gladlyUrl, after: now.gladlyUrl };
}

function places(earlier: Place | undefined, now: Place | undefined): Moved {
  if (earlier === undefined || now === undefined || !relayMoves(earlier, now)) {
    return { before: undefined, after: undefined };
  }
  return { before: placeWords(earlier), after: placeWords(now) };
}

function organization(plan: Plan): string | undefined {
  const output = plan.output_changes.gladly_organization;
  if (output === undefined || marksOf([output.before_sensitive, output.after_sensitive]) === true) return undefined;
  const name = text(output, "after") ?? text(output, "before");
  return name === undefined ? undefined : masked(name);
}

/** Checks and conditions of the stack that do not hold. */
export function failedChecksOf(plan: Plan): ChangeSet["failedChecks"] {
  return plan.checks
    .filter(({ status }) => status === "fail" || status === "error")
    .map(({ address, instances }) => ({
      address: address.to_display,
      messages: (instances ?? []).flatMap(({ problems }) => problems.map(({ message }) => masked(message))),
    }));
}
