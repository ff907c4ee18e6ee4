/** One thing that a reader must know, from any command. */
import { FINDINGS, type FindingId, type Severity } from "./catalogue";

/** From the least to the most severe. */
export const SEVERITIES: readonly Severity[] = ["info", "warning", "critical"];

export interface Finding {
  /** The kind of finding, such as `survey-mode-production`. Scripts use it. */
  readonly id: FindingId;
  readonly severity: Severity;
  /** One sentence, in the terms of Gladly, Stella, Terraform and AWS. */
  readonly title: string;
  /** Cause and consequence. */
  readonly detail?: string;
  /** What to do. */
  readonly remedy?: string;
  /** Its environment; a report can have several. */
  readonly environment?: string;
  /** Terraform's address of its resource. */
  readonly resource?: string;
  /** Since when, RFC 3339. */
  readonly since?: string;
  /** The file to mark in a pull request, relative to the project. */
  readonly file?: string;
}

/** A finding with the severity of its id in the catalogue. */
export function found(id: FindingId, about: Omit<Finding, "id" | "severity">): Finding {
  return { id, severity: FINDINGS[id].severity, ...about };
}

/** Whether customers notice. */
export function concernsCustomers({ id }: Finding): boolean {
  return FINDINGS[id].customers;
}

/** The findings, most severe first. Equal ones keep their order. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
}

/** Whether a finding is at least as severe as `least`. */
export function reaches(finding: Finding, least: Severity): boolean {
  return SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(least);
}
