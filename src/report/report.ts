/**
 * What every report is made of, whoever reads it: a review of a plan, drift, a preview, readiness, an adoption. A report
 * is data; `reporters/` turn it into text for a terminal, a pull request or a machine. Equal reports give equal bytes.
 *
 * Texts are plain sentences. A piece between backticks is shown as code; everything else is shown as it is written,
 * whatever a name from outside holds. Use `code` for every such name.
 */

/** `critical`: customers are or will be affected, or events are at risk. `warning`: look before you go on. */
export type Severity = "info" | "warning" | "critical";

/** From the least to the most severe. */
export const SEVERITIES: readonly Severity[] = ["info", "warning", "critical"];

/** One thing that a reader must know. Ids are stable: scripts and suppressions name them. */
export interface Finding {
  /** What kind of thing it is, such as `survey-mode-production`. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence, in the words of the domain. */
  readonly title: string;
  /** Cause and consequence. */
  readonly detail?: string;
  /** What to do. */
  readonly remedy?: string;
  /** The environment it is about; a report may hold several. */
  readonly environment?: string;
  /** Terraform's address of the resource it is about. */
  readonly resource?: string;
  /** Since when, RFC 3339. */
  readonly since?: string;
  /** The file to mark in a pull request, relative to the project. */
  readonly file?: string;
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | Table
  | { readonly kind: "code"; readonly language: "sh" | "diff" | "text"; readonly text: string }
  /** A part to fold away; `open` only where there is a finding. */
  | { readonly kind: "details"; readonly summary: string; readonly open: boolean; readonly blocks: readonly Block[] };

export interface Table {
  readonly kind: "table";
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns to align right, from 0: numbers. @default none */
  readonly numbers?: readonly number[];
}

export interface Report {
  /** One line: which environment, and the result. */
  readonly title: string;
  /** A sentence or two on what it means; empty when the title says it all. */
  readonly lead: readonly string[];
  readonly findings: readonly Finding[];
  readonly blocks: readonly Block[];
  /** What a machine may read besides the findings. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A name from outside as a piece of code within a text. */
export function code(name: string): string {
  return `\`${name.replaceAll("`", "'").replace(/\s+/g, " ")}\``;
}

/** The findings, the most severe first; equal ones stay in their order. */
export function bySeverity<F extends Finding>(findings: readonly F[]): readonly F[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
}

/** Whether a finding is as severe as the least one to fail on. */
export function reaches(finding: Finding, least: Severity): boolean {
  return SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(least);
}

/** `1 webhook`, `2 webhooks`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}
