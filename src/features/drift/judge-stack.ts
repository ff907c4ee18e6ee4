/** One stack's drift: everything that was seen of it, judged. Pure: the time of the look comes from outside. */

import { code, type Finding } from "../../report/report";
import type { Plan } from "../../terraform/plan";
import type { DriftContext } from "./context";
import { type Difference, differences } from "./differences";
import { awsFindings } from "./judge-aws";
import { coverageOf, type Managed, otherWebhookFindings } from "./judge-other-webhooks";
import { lookAlikeFindings } from "./judge-similar-topics";
import { topicFindings } from "./judge-topic";
import { unappliedFindings } from "./judge-unapplied";
import { webhookFindings } from "./judge-webhook";
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
  const found = isNotKnown(look.plan)
    ? [notKnown(`${look.stack} could not be looked at`, look.plan)]
    : judged(look, look.plan, managed, now);
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

function judged(look: StackLook, plan: Plan, managed: ReadonlySet<string>, now: number): readonly StackFinding[] {
  const { stack, environment, gladly } = look;
  const known = gladly === undefined || isNotKnown(gladly) ? undefined : gladly;
  const context: DriftContext = {
    stack,
    now,
    ...(environment === undefined ? {} : { environment }),
    ...(known === undefined ? {} : { gladly: known }),
  };
  const all = differences(plan);
  const own = managedIn(plan);
  const lost = all.some(({ type, outside }) => type === "gladly_webhook" && outside?.action === "delete");
  const about: Managed = { all: managed, ownUrl: own.webhookUrl, hasOwn: own.webhooks.length > 0, lost };
  return [
    ...all.flatMap((difference) => rulesOf(difference, context)),
    ...(known && environment ? otherWebhookFindings(known.webhooks, about, environment, stack) : []),
    ...(known && environment ? lookAlikeFindings(known.topics, environment.topicName, own.topics[0]) : []),
    ...unappliedFindings(all, own.applied, context),
    ...failedChecks(plan, all),
    ...(gladly !== undefined && isNotKnown(gladly)
      ? [notKnown(`What else Gladly has for ${stack} could not be read`, gladly)]
      : []),
  ];
}

function rulesOf(difference: Difference, context: DriftContext): readonly StackFinding[] {
  switch (difference.type) {
    case "gladly_webhook":
      return webhookFindings(difference, context);
    case "gladly_topic":
      return topicFindings(difference, context);
    default:
      return awsFindings(difference, context);
  }
}

/** A check of the stack's own that fails although no resource differs: told, so that nothing is steady that is not well. */
function failedChecks(plan: Plan, all: readonly Difference[]): readonly StackFinding[] {
  if (all.length > 0) return [];
  return plan.checks
    .filter(({ status }) => status === "fail")
    .map(({ address, instances }) => ({
      kind: "drift",
      finding: {
        id: "check-failed",
        severity: "warning",
        title: `The stack's own check ${code(address.to_display)} fails`,
        detail: (instances ?? []).flatMap(({ problems }) => problems.map(({ message }) => message)).join(" "),
        resource: address.to_display,
      },
    }));
}

function notKnown(title: string, { notKnown: why, remedy }: NotKnown): StackFinding {
  const finding: Finding = {
    id: "not-known",
    severity: "warning",
    title,
    detail: why,
    remedy,
  };
  return { kind: "unknown", finding };
}

/** The gravest thing that is certain comes first: drift is drift, whatever else could not be looked at. */
function stateOf(found: readonly StackFinding[]): DriftState {
  for (const state of ["drift", "unapplied", "unknown"] as const)
    if (found.some(({ kind }) => kind === state)) return state;
  return "steady";
}

function coverageIn({ gladly, environment, plan }: StackLook, managed: ReadonlySet<string>): StackDrift["coverage"] {
  if (environment === undefined) return undefined;
  if (gladly === undefined || isNotKnown(gladly) || isNotKnown(plan)) return null;
  return coverageOf(gladly.webhooks, managed);
}
