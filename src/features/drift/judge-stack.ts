/** The drift of one stack. Pure: the time comes from outside. */

import { found } from "../../report/finding";
import type { Plan } from "../../terraform/plan";
import { changeSet, failedChecksOf } from "../review/change-set";
import { failedCheck } from "../review/judge-plan-state";
import { type SimilarTopic, similarTopics } from "../shared/judge-similar-topics";
import type { DriftContext } from "./context";
import { type Difference, differences } from "./differences";
import { accountChanged, hasMoved, organizationLeft } from "./judge-organization";
import { coverageOf, type Managed, otherWebhookFindings } from "./judge-other-webhooks";
import { outsideFindingsOf } from "./judge-outside";
import { unappliedFindings } from "./judge-unapplied";
import { warningFindings } from "./judge-warnings";
import { managedIn } from "./managed";
import {
  type DriftState,
  isNotKnown,
  type NotKnown,
  type StackDrift,
  type StackFinding,
  type StackLook,
} from "./observation";

/**
 * @param managed ids of the webhooks that any stack of the same Gladly organization manages
 * @param now milliseconds since the epoch
 */
export function stackDrift(look: StackLook, managed: ReadonlySet<string>, now: number): StackDrift {
  const read = readPlan(look);
  const found = isNotKnown(read)
    ? [notKnown(`${look.stack} could not be read`, read)]
    : judged(look, read, managed, now);
  const coverage = coverageIn(look, managed);
  return {
    name: look.stack,
    state: stateOf(found),
    findings: found.map(({ finding }) => ({
      ...finding,
      environment: look.stack,
      ...(look.environment === undefined ? {} : { file: look.environment.file }),
    })),
    ...(coverage === undefined ? {} : { coverage }),
  };
}

/** A plan that ended with an error and knows of no drift says nothing, where Gladly could not be read either. */
function readPlan({ plan, refused, gladly }: StackLook): Plan | NotKnown {
  if (isNotKnown(plan) || refused === undefined || gladly === undefined || !isNotKnown(gladly)) return plan;
  return plan.resource_drift.length === 0 ? refused : plan;
}

function judged(look: StackLook, plan: Plan, managed: ReadonlySet<string>, now: number): readonly StackFinding[] {
  const { stack, environment, gladly } = look;
  const known = gladly === undefined || isNotKnown(gladly) ? undefined : gladly;
  const context: DriftContext = {
    stack,
    now,
    ...(environment === undefined ? {} : { environment }),
    ...(known === undefined ? {} : { gladly: known }),
    ...(look.relay === undefined ? {} : { relay: look.relay }),
  };
  const all = differences(plan);
  const own = managedIn(plan);
  const lost = all.some(({ type, outside }) => type === "gladly_webhook" && outside?.action === "delete");
  const about: Managed = { all: managed, ownUrl: own.webhookUrl, hasOwn: own.webhooks.length > 0, lost };
  const set = changeSet(stack, plan);
  const moved = hasMoved(set.organizationMove);
  const judgedHere = moved
    ? all.filter(({ type, outside }) => !(type.startsWith("gladly_") && outside?.action === "delete"))
    : all;
  const outside = judgedHere.flatMap((difference) => outsideFindingsOf(difference, context));
  return [
    ...(moved ? [{ kind: "unapplied", finding: organizationLeft(set.organizationMove, set.all) } as const] : []),
    ...(hasMoved(set.awsMove) ? [{ kind: "unapplied", finding: accountChanged(set.awsMove) } as const] : []),
    ...outside,
    ...warningFindings(look.warnings ?? [], outside, context),
    ...(known && environment ? otherWebhookFindings(known.webhooks, about, environment, stack) : []),
    ...(known && environment
      ? similarTopics(known.topics, environment.topicName, own.topics[0], environment.excludedTopics).map(similar)
      : []),
    ...unappliedFindings(all, own.applied, context),
    ...failedChecks(plan, all),
    ...(look.refused === undefined ? [] : [notKnown(`The plan of ${stack} could not be finished`, look.refused)]),
    ...(gladly !== undefined && isNotKnown(gladly)
      ? [notKnown(`The other webhooks and topics of ${stack} in Gladly could not be read`, gladly)]
      : []),
  ];
}

function similar({ id, ...about }: SimilarTopic): StackFinding {
  return { kind: "drift", finding: found(id, about) };
}

/** A failing check matters where no resource differs, too. */
function failedChecks(plan: Plan, all: readonly Difference[]): readonly StackFinding[] {
  if (all.length > 0) return [];
  return failedChecksOf(plan).map((check) => ({ kind: "drift", finding: failedCheck(check) }));
}

function notKnown(title: string, { notKnown: why, remedy }: NotKnown): StackFinding {
  return { kind: "unknown", finding: found("not-known", { title, detail: why, remedy }) };
}

/** Certain results come first: drift counts even if something else could not be read. */
function stateOf(findings: readonly StackFinding[]): DriftState {
  for (const state of ["drift", "unapplied", "unknown"] as const)
    if (findings.some(({ kind }) => kind === state)) return state;
  return "steady";
}

function coverageIn({ gladly, environment, plan }: StackLook, managed: ReadonlySet<string>): StackDrift["coverage"] {
  if (environment === undefined) return undefined;
  if (gladly === undefined || isNotKnown(gladly) || isNotKnown(plan)) return null;
  return coverageOf(gladly.webhooks, managed);
}
