/** Findings as annotations of GitHub Actions: one workflow command per line, shown at the file in the pull request. */
import { grouped } from "../grouped";
import { bySeverity, type Finding, type Report, type Severity } from "../report";

const LEVEL: Readonly<Record<Severity, string>> = { critical: "error", warning: "warning", info: "notice" };

export function githubReport(report: Report): string {
  return grouped(bySeverity(report.findings)).map(annotation).join("");
}

function annotation({ severity, title, detail, remedy, since, id, resource, file }: Finding): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    `title=${property(title.replaceAll("`", ""))}`,
  ];
  const about = resource === undefined ? id : `${id}, ${resource}`;
  const message = [detail, since && `Since ${since}.`, remedy && `Next: ${remedy}`, `(${about})`]
    .filter(Boolean)
    .join(" ");
  return `::${LEVEL[severity]} ${properties.join(",")}::${data(message)}\n`;
}

/** Escapes characters that have a meaning in workflow commands. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
