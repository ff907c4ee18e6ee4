/** The closes that count, each under both configurations. */
import type { PreviewConfiguration } from "./configuration";
import type { CloseFacts } from "./facts";
import { type Judged, judge, type VendorData } from "./judge";
import type { PreviewOutcome } from "./outcome";

export interface LinesInput {
  /** The closes of each conversation, oldest first. */
  readonly conversations: readonly (readonly CloseFacts[])[];
  /** Close events that name no conversation. */
  readonly malformed: number;
  readonly present: PreviewConfiguration | undefined;
  readonly proposed: PreviewConfiguration;
  readonly vendorData: VendorData;
}

/** One close under both configurations. */
export interface Line {
  /** Undefined for an event that names no conversation. */
  readonly facts: CloseFacts | undefined;
  readonly present: JudgedClose | undefined;
  readonly proposed: JudgedClose;
}
export type JudgedClose = Judged & { readonly outcome: PreviewOutcome };

export function linesOf(input: LinesInput): readonly Line[] {
  return [...input.conversations.flatMap((closes) => conversationLines(closes, input)), ...malformedLines(input)];
}

function conversationLines(
  closes: readonly CloseFacts[],
  { present, proposed, vendorData }: LinesInput,
): readonly Line[] {
  const before = present === undefined ? [] : judge(closes, present, vendorData);
  return judge(closes, proposed, vendorData).flatMap((judged, index) => {
    const facts = closes[index];
    if (facts === undefined || !isCounted(judged)) return [];
    const earlier = before[index];
    return [{ facts, present: earlier !== undefined && isCounted(earlier) ? earlier : undefined, proposed: judged }];
  });
}

function isCounted(judged: Judged): judged is JudgedClose {
  return judged.outcome !== undefined;
}

function malformedLines({ malformed, present, proposed }: LinesInput): readonly Line[] {
  const judged = ({ delivery }: PreviewConfiguration): JudgedClose =>
    delivery === "direct"
      ? { outcome: { kind: "left-to-stella", reason: "refusal-likely" } }
      : { outcome: { kind: "parked", reason: "malformed-event" } };
  const line = { facts: undefined, present: present && judged(present), proposed: judged(proposed) };
  return Array.from({ length: malformed }, () => line);
}
