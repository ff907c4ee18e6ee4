/** The report on drift: every stack, its findings, and which webhooks Terraform manages. */
import { type Block, code, count, type Finding, type Report } from "../../report/report";
import { stackDrift } from "./judge-stack";
import { managedIn } from "./managed";
import { type Coverage, type DriftState, isNotKnown, type StackDrift, type StackLook } from "./observation";

/** @param now when the stacks were read, milliseconds since the epoch */
export function driftReport(looks: readonly StackLook[], now: number): Report {
  const stacks = looks.map((look) => stackDrift(look, managedBeside(look, looks), now));
  const state = overall(stacks);
  const checkedAt = new Date(now).toISOString();
  const several = stacks.length > 1;
  return {
    title: titleOf(stacks),
    lead: [LEAD[state]],
    findings: stacks.flatMap(({ name, findings }) =>
      findings.map((finding) => (several ? withStack(finding, name) : finding)),
    ),
    blocks: [tableOf(stacks), ...otherWebhooks(stacks), { kind: "text", text: `Checked at ${checkedAt}.` }],
    data: { checkedAt, state, stacks: stacks.map((stack) => ({ ...stack, checkedAt })) },
  };
}

/** The state of all stacks together. A stack that could not be read does not hide drift in another. */
export function overall(stacks: readonly Pick<StackDrift, "state">[]): DriftState {
  for (const state of ["drift", "unapplied", "unknown"] as const) {
    if (stacks.some((stack) => stack.state === state)) return state;
  }
  return "steady";
}

/** Webhooks that any stack of the same organization manages. */
function managedBeside({ environment }: StackLook, looks: readonly StackLook[]): ReadonlySet<string> {
  const beside = looks.filter((other) => environment && other.environment?.gladlyUrl === environment.gladlyUrl);
  return new Set(beside.flatMap(({ plan }) => (isNotKnown(plan) ? [] : managedIn(plan).webhooks)));
}

const LEAD: Readonly<Record<DriftState, string>> = {
  steady: "The code, the state and the live settings agree: a plan has nothing to do.",
  drift:
    "Live settings differ from the last apply. An apply of the same code reverts them, except where a finding says otherwise.",
  unapplied: "Live settings match the last apply, and the code has changes that were not applied.",
  unknown: "Not every stack could be read. That does not mean that there is no drift.",
};

function titleOf(stacks: readonly StackDrift[]): string {
  const of = (state: DriftState) => stacks.filter((stack) => stack.state === state).map(({ name }) => name);
  const parts = [
    listed("drift in", of("drift")),
    listed("not applied:", of("unapplied")),
    listed("not known:", of("unknown")),
  ].filter((part) => part !== undefined);
  if (parts.length === 0)
    return stacks.length === 1 ? `No drift in ${stacks[0]?.name}` : `No drift in ${count(stacks.length, "stack")}`;
  const title = parts.join("; ");
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function listed(what: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${what} ${names.join(", ")}`;
}

function withStack(finding: Finding, stack: string): Finding {
  const named = finding.title.split(/[^\w-]+/).includes(stack);
  return named ? finding : { ...finding, title: `${stack}: ${finding.title}` };
}

const STATES: Readonly<Record<DriftState, string>> = {
  steady: "no drift",
  drift: "drift",
  unapplied: "not applied",
  unknown: "not known",
};

function tableOf(stacks: readonly StackDrift[]): Block {
  return {
    kind: "table",
    headings: ["stack", "state", "findings", "webhooks managed"],
    numbers: [2],
    rows: stacks.map(({ name, state, findings, coverage }) => [
      name,
      STATES[state],
      String(findings.length),
      covered(coverage),
    ]),
  };
}

function covered(coverage: StackDrift["coverage"]): string {
  if (coverage === undefined) return "";
  if (coverage === null) return "not known";
  return `${coverage.underCode} of ${coverage.webhooks}`;
}

/** Lists webhooks that Terraform does not manage. */
function otherWebhooks(stacks: readonly StackDrift[]): readonly Block[] {
  return stacks.flatMap(({ name, coverage }): readonly Block[] => {
    if (!coverage || coverage.others.length === 0) return [];
    return [
      {
        kind: "text",
        text: `Terraform manages ${sentence(coverage)} of the organization of ${name}. The others:`,
      },
      {
        kind: "table",
        headings: ["webhook", "delivers to", "enabled", "closed conversations"],
        rows: coverage.others.map(({ id, name: title, host, enabled, closes }) => [
          code(title || id),
          code(host),
          enabled ? "yes" : "no",
          closes ? "yes" : "no",
        ]),
      },
    ];
  });
}

function sentence({ underCode, webhooks }: Coverage): string {
  return `${underCode} of ${count(webhooks, "webhook")}`;
}
