/** The report on drift: every stack, what was found, and what is under code. */
import { type Block, code, count, type Finding, type Report } from "../../report/report";
import { stackDrift } from "./judge-stack";
import { managedIn } from "./managed";
import { type Coverage, type DriftState, isNotKnown, type StackDrift, type StackLook } from "./observation";

/** @param now when it was looked, milliseconds since the epoch */
export function driftReport(looks: readonly StackLook[], now: number): Report {
  const stacks = looks.map((look) => stackDrift(look, managedBeside(look, looks), now));
  const state = overall(stacks);
  const checkedAt = new Date(now).toISOString();
  const several = stacks.length > 1;
  return {
    title: titleOf(stacks),
    lead: [LEAD[state]],
    findings: stacks.flatMap(({ name, findings }) =>
      findings.map((finding) => (several ? placed(finding, name) : finding)),
    ),
    blocks: [tableOf(stacks), ...otherWebhooks(stacks), { kind: "text", text: `Looked at ${checkedAt}.` }],
    data: { checkedAt, state, stacks: stacks.map((stack) => ({ ...stack, checkedAt })) },
  };
}

/** What the whole of it comes to. Drift that is certain is not hidden by something that could not be looked at. */
export function overall(stacks: readonly Pick<StackDrift, "state">[]): DriftState {
  for (const state of ["drift", "unapplied", "unknown"] as const) {
    if (stacks.some((stack) => stack.state === state)) return state;
  }
  return "steady";
}

/** Webhooks under code in any stack of the same organization that was looked at. */
function managedBeside({ environment }: StackLook, looks: readonly StackLook[]): ReadonlySet<string> {
  const beside = looks.filter((other) => environment && other.environment?.gladlyUrl === environment.gladlyUrl);
  return new Set(beside.flatMap(({ plan }) => (isNotKnown(plan) ? [] : managedIn(plan).webhooks)));
}

const LEAD: Readonly<Record<DriftState, string>> = {
  steady: "The code, the state and the world agree: a plan has nothing to do.",
  drift:
    "The world is not as it was left. An apply of the same code puts it back, except where a finding says otherwise.",
  unapplied: "The world is as it was left, and the code says something else.",
  unknown: "Not everything could be looked at. That is not the same as no drift.",
};

function titleOf(stacks: readonly StackDrift[]): string {
  const of = (state: DriftState) => stacks.filter((stack) => stack.state === state).map(({ name }) => name);
  const parts = [
    told("drift in", of("drift")),
    told("not applied:", of("unapplied")),
    told("not known:", of("unknown")),
  ].filter((part) => part !== undefined);
  if (parts.length === 0)
    return stacks.length === 1 ? `No drift in ${stacks[0]?.name}` : `No drift in ${count(stacks.length, "stack")}`;
  const title = parts.join("; ");
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function told(what: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${what} ${names.join(", ")}`;
}

function placed(finding: Finding, stack: string): Finding {
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
    headings: ["stack", "state", "findings", "webhooks under code"],
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

/** Named where there are any: what nobody reviews is at least seen. */
function otherWebhooks(stacks: readonly StackDrift[]): readonly Block[] {
  return stacks.flatMap(({ name, coverage }): readonly Block[] => {
    if (!coverage || coverage.others.length === 0) return [];
    return [
      {
        kind: "text",
        text: `${sentence(coverage)} of the organization of ${name} ${coverage.underCode === 1 ? "is" : "are"} under code. The others:`,
      },
      {
        kind: "table",
        headings: ["webhook", "delivers to", "switched", "told of closes"],
        rows: coverage.others.map(({ id, name: title, host, enabled, closes }) => [
          code(title || id),
          code(host),
          enabled ? "on" : "off",
          closes ? "yes" : "no",
        ]),
      },
    ];
  });
}

function sentence({ underCode, webhooks }: Coverage): string {
  return `${underCode} of ${count(webhooks, "webhook")}`;
}
