/** A report for a machine: findings and figures, no layout. */
import { bySeverity, type Report } from "../report";

/** The shape's version: raised when a field changes its meaning or goes. */
const VERSION = 1;

export function jsonReport({ title, findings, data }: Report): string {
  return `${JSON.stringify({ version: VERSION, title, ...data, findings: bySeverity(findings) }, undefined, 2)}\n`;
}
