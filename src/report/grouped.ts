/** Shortens many findings of one kind to a few and a count. */
import type { Finding } from "./finding";
import { codeList, count } from "./report";

/** Findings of one id that are shown individually. One more is still shown. */
const SHOWN = 8;
/** Resources that the summary names. */
const NAMED = 10;

/** @param shown findings of one id and environment that stay. @default 8 */
export function grouped(findings: readonly Finding[], shown = SHOWN): readonly Finding[] {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const kind = `${finding.id} ${finding.environment ?? ""}`;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [finding]);
    else known.push(finding);
  }
  const hidden = new Set<Finding>();
  const last = new Map<Finding, Finding>();
  for (const same of kinds.values()) {
    const [first, ...rest] = same.slice(shown);
    if (first === undefined || rest.length === 0) continue;
    last.set(first, summary(first, [first, ...rest]));
    for (const finding of rest) hidden.add(finding);
  }
  return findings.flatMap((finding) => (hidden.has(finding) ? [] : (last.get(finding) ?? finding)));
}

function summary({ id, severity, environment, file }: Finding, all: readonly Finding[]): Finding {
  const resources = all.flatMap(({ resource }) => resource ?? []);
  return {
    id,
    severity,
    title: `${count(all.length, "more finding")} of the same kind`,
    ...(resources.length === 0 ? {} : { detail: `${codeList(resources, NAMED)}.` }),
    ...(environment === undefined ? {} : { environment }),
    ...(file === undefined ? {} : { file }),
  };
}
