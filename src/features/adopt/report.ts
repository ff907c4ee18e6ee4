/** An adoption as a report: what exists, what was written, and what the plan then does. */
import type { Environment } from "../../environment";
import { type Finding, found } from "../../report/finding";
import { type Block, code, count, type Report } from "../../report/report";
import type { Plan } from "../../terraform/plan";
import { reviewPlans } from "../review/judge";
import type { Chosen } from "./choice";
import { adoptionFindings } from "./judge";
import type { TypedKey } from "./settings";

export type ProposedPlan =
  | { readonly kind: "made"; readonly plan: Plan }
  | { readonly kind: "not-made"; readonly why: string; readonly remedy: string }
  | { readonly kind: "not-asked" };

export interface Adoption {
  readonly environment: Environment;
  readonly chosen: Chosen;
  readonly key: TypedKey;
  /** The environment's file, relative to the project. */
  readonly file: string;
  /** What changes in it; empty when it has everything already. */
  readonly diff: string;
  readonly state: "written" | "not-written" | "already";
  readonly plan: ProposedPlan;
}

export function adoptionReport(adoption: Adoption): Report {
  const { environment, chosen, key, file, diff, state, plan } = adoption;
  const counts = plan.kind === "made" ? countsOf(plan.plan) : undefined;
  const review = plan.kind === "made" ? reviewPlans([{ name: environment.name, plan: plan.plan }]) : undefined;
  return {
    title: `${environment.name}: ${STATES[state]}; ${planWords(plan, counts)}`,
    lead: lead(adoption, counts),
    findings: [
      ...(state === "already" ? [] : adoptionFindings(environment, chosen, key)),
      ...(review?.findings ?? []),
      ...notMade(plan),
    ],
    blocks: [
      foundTable(chosen),
      ...(diff === "" ? [] : fileBlocks(file, diff)),
      ...(counts && !counts.nothingElse ? (review?.blocks ?? []) : []),
      ...nextBlocks(adoption, counts),
    ],
    data: {
      environment: environment.name,
      state,
      file,
      webhook: { id: chosen.webhook.id, name: chosen.webhook.name ?? "", url: chosen.webhook.url, key },
      topic: chosen.topic ? { id: chosen.topic.id, name: chosen.topic.name } : null,
      plan: counts ?? (plan.kind === "not-made" ? { notMade: plan.why } : null),
    },
  };
}

const STATES: Readonly<Record<Adoption["state"], string>> = {
  written: "written to the environment file",
  "not-written": "dry run, nothing written",
  already: "already in the environment file",
};

interface Counts {
  readonly imported: number;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  /** Apart from imports. */
  readonly nothingElse: boolean;
}

function countsOf({ resource_changes: all }: Plan): Counts {
  const managed = all.filter(({ mode }) => mode === "managed").map(({ change }) => change);
  const number = (action: "create" | "update" | "delete") =>
    managed.filter(({ actions }) => actions.includes(action)).length;
  const [added, changed, destroyed] = [number("create"), number("update"), number("delete")];
  const imported = managed.filter(({ importing }) => importing !== undefined).length;
  return { imported, added, changed, destroyed, nothingElse: added + changed + destroyed === 0 };
}

function planWords(plan: ProposedPlan, counts: Counts | undefined): string {
  if (counts === undefined) return plan.kind === "not-made" ? "no plan could be made" : "no plan was made";
  const { imported, added, changed, destroyed, nothingElse } = counts;
  const taken = imported === 0 ? "" : `imports ${count(imported, "resource")} and `;
  if (nothingElse) return `the plan ${taken}changes nothing`;
  const parts = [
    added > 0 ? `adds ${added}` : "",
    changed > 0 ? `changes ${changed}` : "",
    destroyed > 0 ? `destroys ${destroyed}` : "",
  ];
  return `the plan ${taken}${parts.filter(Boolean).join(", ")}`;
}

function lead({ state, key, chosen }: Adoption, counts: Counts | undefined): readonly string[] {
  const where = key === "test" ? "the test address" : "customers";
  if (counts?.nothingElse && counts.imported > 0) {
    return [`Terraform imports ${chosen.topic ? "both" : "it"} without changes. Surveys go to ${where}, as before.`];
  }
  if (counts?.nothingElse && state === "already")
    return ["Terraform manages everything, and nothing differs from the code."];
  return [];
}

function foundTable({ webhook, topic }: Chosen): Block {
  return {
    kind: "table",
    headings: ["what", "name", "id", "details"],
    rows: [
      [
        "webhook",
        code(webhook.name ?? ""),
        code(webhook.id),
        `${webhook.enabled ? "enabled" : "disabled"}, ${code(webhook.url)}`,
      ],
      topic
        ? ["topic", code(topic.name), code(topic.id), topic.disabled ? "disabled" : "enabled"]
        : ["topic", "", "", "does not exist"],
    ],
  };
}

function fileBlocks(file: string, diff: string): readonly Block[] {
  return [
    { kind: "heading", text: file },
    { kind: "code", language: "diff", text: diff },
  ];
}

function notMade(plan: ProposedPlan): readonly Finding[] {
  if (plan.kind !== "not-made") return [];
  return [
    found("adopt-plan-not-made", {
      title: "Terraform could not plan, so it is not proven that nothing changes",
      detail: plan.why,
      remedy: plan.remedy,
    }),
  ];
}

function nextBlocks({ environment, file, state }: Adoption, counts: Counts | undefined): readonly Block[] {
  if (state === "not-written") return [];
  if (state === "already" && counts?.imported === 0) return [];
  return [
    { kind: "heading", text: "Next" },
    {
      kind: "list",
      items: [
        `Commit ${code(file)} and open a pull request: the plan must import, and change nothing.`,
        `Apply: ${code(`npx cdktf apply ${environment.name}`)}. It changes nothing in Gladly.`,
        `Later, in a separate change: ${code('delivery: "enrich"')} puts the relay in between (docs/adopt.md).`,
      ],
    },
  ];
}
