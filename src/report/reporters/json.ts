/** A report for scripts: findings and data, without layout. */
import { jsonText } from "../../contract/json";
import { bySeverity, type Report } from "../report";

/** Version of the format. Raise it when a field changes its meaning or is removed. */
const VERSION = 1;

export function jsonReport({ title, findings, data }: Report): string {
  return jsonText({ version: VERSION, title, ...data, findings: bySeverity(findings) });
}
