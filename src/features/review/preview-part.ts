/** What a preview found, as a part of a review. */

import type { Block, Finding } from "../../report/report";
import { previewReport } from "../preview/document";
import type { PreviewSummary } from "../preview/summary";

/** Blocks of the preview's report that a review shows open. */
const SHOWN = 4;

export interface PreviewPart {
  readonly blocks: readonly Block[];
  readonly findings: readonly Finding[];
}

export function previewPart(summary: PreviewSummary): PreviewPart {
  const { title, lead, findings, blocks } = previewReport(summary);
  return {
    findings: findings.map((one) => ({ ...one, environment: summary.environment })),
    blocks: [
      { kind: "heading", text: title },
      ...lead.map((text): Block => ({ kind: "text", text })),
      ...blocks.slice(0, SHOWN),
      ...(blocks.length > SHOWN
        ? [{ kind: "details", summary: "More of the preview", open: false, blocks: blocks.slice(SHOWN) } as const]
        : []),
    ],
  };
}
