/**
 * Reviews what Terraform plans: first what it means for customers, then what changes, then the next command. Pure: equal
 * plans give equal bytes, in any order.
 */

import { compareTexts } from "../../contract/compare";
import { environmentPath } from "../../contract/locations";
import type { FindingId } from "../../report/catalogue";
import { concernsCustomers, type Finding } from "../../report/finding";
import { bySeverity, code, count, type Report } from "../../report/report";
import type { Plan } from "../../terraform/plan";
import type { PreviewSummary } from "../preview/summary";
import { type ChangeSet, changeSet } from "./change-set";
import { outsideFindings, planFindingsOf } from "./judge-stack";
import { nextBlocks } from "./next-step";
import type { Place } from "./place";
import { previewPart } from "./preview-part";
import { changeBlocks, counted, countsOf, outsideBlocks } from "./stack-blocks";

export interface ReviewInput {
  /** The stack's name, which is the environment's. */
  readonly name: string;
  readonly plan: Plan;
  /** Where the environment was before this change. @default not known */
  readonly earlier?: Place;
}

export interface ReviewOptions {
  /** What a preview found, to show with the rest. @default none */
  readonly preview?: PreviewSummary;
}

interface Reviewed {
  readonly set: ChangeSet;
  readonly findings: readonly Finding[];
}

export function reviewPlans(inputs: readonly ReviewInput[], options: ReviewOptions = {}): Report {
  const reviewed = [...inputs]
    .sort((a, b) => compareTexts(a.name, b.name))
    .map(({ name, plan, earlier }): Reviewed => {
      const set = changeSet(name, plan, earlier);
      return { set, findings: [...planFindingsOf(set), ...outsideFindings(set)] };
    });
  const many = reviewed.length > 1;
  const preview = options.preview === undefined ? undefined : previewPart(options.preview);
  return {
    title: title(reviewed),
    lead: reviewed.map((one) => (many ? `${code(one.set.name)}: ${lead(one)}` : lead(one))),
    findings: [
      ...reviewed.flatMap(({ set, findings }) =>
        findings.map((one) => ({
          ...one,
          // Where there are several stacks, each finding names its own.
          title: many ? `${set.name}: ${one.title}` : one.title,
          environment: set.name,
          ...(set.name.startsWith("foundation-") ? {} : { file: environmentPath(set.name) }),
        })),
      ),
      ...(preview?.findings ?? []),
    ],
    blocks: [
      ...(preview?.blocks ?? []),
      ...reviewed.flatMap(({ set, findings }) => [
        ...changeBlocks(set, findings, many ? set.name : "Changes"),
        ...outsideBlocks(set),
        ...nextBlocks(set, findings),
      ]),
    ],
    data: { stacks: reviewed.map(dataOf), ...(options.preview === undefined ? {} : { preview: options.preview }) },
  };
}

function title(reviewed: readonly Reviewed[]): string {
  const [only] = reviewed;
  if (reviewed.length === 1 && only !== undefined) return `${only.set.name}: ${result(only)}`;
  const results = reviewed.map((one) => `${one.set.name}: ${result(one)}`);
  return `${count(reviewed.length, "stack")}: ${results.join("; ")}`;
}

/** What a title has room for: the most severe finding, in lower case after a colon. */
function result({ set, findings }: Reviewed): string {
  const [first, ...others] = bySeverity(findings);
  if (set.errored) return "the plan failed";
  if (first !== undefined && (first.severity === "critical" || concernsCustomers(first))) {
    const title = first.title.replace(/^\p{Lu}(?=\p{Ll}|\s)/u, (letter) => letter.toLowerCase());
    const more = others.filter(({ severity }) => severity === "critical").length;
    return more === 0 ? title : `${title}, and ${count(more, "other critical finding")}`;
  }
  return counted(set);
}

function lead({ set, findings }: Reviewed): string {
  if (set.errored) return "Nothing can be applied until Terraform can finish the plan.";
  if (set.notUnderstood.length > 0)
    return "The plan holds more than this version can read, so this review is not complete.";
  if (set.refreshOnly) return "This plan changes only the state: it accepts what was changed outside.";
  const nothing = set.changes.length + set.leftovers.length + set.actions.length + set.deferred.length === 0;
  if (nothing && set.outside.length === 0) {
    return `${set.outputs.length > 0 ? "Only outputs of the stack change" : "Nothing to do"}${present(set)}`;
  }
  const concerned = findings.filter(concernsCustomers);
  if (concerned.some(({ id }) => !id.startsWith("outside-"))) return "Customers are affected.";
  if (concerned.length > 0) return "Customers are affected until this is applied.";
  if (findings.some(({ id }) => NOT_KNOWN.includes(id))) {
    return `No known effect on customers. The review cannot judge every part of this plan${present(set)}`;
  }
  return `Nothing changes for customers${present(set)}`;
}

/** Findings that say that a part of the plan is not judged. */
const NOT_KNOWN: readonly FindingId[] = ["resource-unknown", "plan-actions", "plan-deferred", "policy-unknown"];

/** Where surveys go as before, if that is known. */
function present({ surveyMode }: ChangeSet): string {
  if (surveyMode.after === undefined) return ".";
  return surveyMode.after === "production"
    ? ": surveys go to customers, as before."
    : ": surveys go to the test address.";
}

function dataOf({ set }: Reviewed): Readonly<Record<string, unknown>> {
  const { name, organization, surveyMode, delivery, errored, refreshOnly, changes, outside } = set;
  const { leftovers, deferred, actions, outputs, notUnderstood } = set;
  return {
    name,
    ...(organization === undefined ? {} : { organization }),
    surveyMode: { before: surveyMode.before ?? null, after: surveyMode.after ?? null },
    delivery: { before: delivery.before ?? null, after: delivery.after ?? null },
    errored,
    refreshOnly,
    counts: countsOf(set),
    changes: changes.map(({ address, action, forcedBy, differences }) => ({
      address,
      action,
      ...(forcedBy.length === 0 ? {} : { forcedBy }),
      differences,
    })),
    ...(leftovers.length === 0 ? {} : { leftovers: leftovers.map(({ address }) => address) }),
    ...(deferred.length === 0
      ? {}
      : { deferred: deferred.map(({ change: { address, action }, reason }) => ({ address, action, reason })) }),
    ...(actions.length === 0 ? {} : { actions }),
    ...(outputs.length === 0 ? {} : { outputs }),
    ...(notUnderstood.length === 0 ? {} : { notUnderstood }),
    outside: outside.map(({ address, action, differences }) => ({ address, action, differences })),
  };
}
