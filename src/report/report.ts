/**
 * The parts of every report: a review, drift, a preview, readiness, an adoption. A report is data; `reporters/` turn it
 * into text for a terminal, a pull request or a machine. Equal reports give equal bytes.
 *
 * Texts are plain sentences. Text between backticks is shown as code, and everything else literally. Use `code` for every name
 * from outside.
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
  /** A folded part; `open` only if there is a finding. */
  | { readonly kind: "details"; readonly summary: string; readonly open: boolean; readonly blocks: readonly Block[] };

export interface Table {
  readonly kind: "table";
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns with numbers, from 0, which are right-aligned. @default none */
  readonly numbers?: readonly number[];
}

export interface Report {
  /** One line: environment and result. */
  readonly title: string;
  /** One or two sentences on what it means; empty if the title says everything. */
  readonly lead: readonly string[];
  readonly findings: readonly Finding[];
  readonly blocks: readonly Block[];
  /** Data for scripts, besides the findings. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Formats a name from outside as code within a text. */
export function code(name: string): string {
  return `\`${name.replaceAll("`", "'").replace(/\s+/g, " ")}\``;
}

/** The first names as code, and how many more there are: `` `a`, `b` and 3 more ``. @param most how many are named */
export function codeList(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map(code).join(", ");
  return names.length > most ? `${shown} and ${(names.length - most).toLocaleString("en-US")} more` : shown;
}

/** `1 webhook`, `2 webhooks`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}
