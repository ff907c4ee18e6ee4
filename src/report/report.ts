/**
 * The parts of every report: a review, drift, a preview, readiness, an adoption. A report is data; `reporters/` turn it
 * into text for a terminal, a pull request or a machine. Equal reports give equal bytes.
 *
 * Texts are plain sentences. A piece between backticks is shown as code; everything else is shown as it is written,
 * whatever a name from outside holds. Use `code` for every such name.
 */
import type { Finding } from "./finding";

export type { Severity } from "./catalogue";
export { bySeverity, type Finding, reaches, SEVERITIES } from "./finding";

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

/** `1 webhook`, `2 webhooks`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}
