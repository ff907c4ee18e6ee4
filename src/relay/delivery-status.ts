/**
 * What happened to a survey after Stella accepted the request. Stella's list shows suppressed and unsubscribed customers and
 * bounces (docs/vendors/stella-connect-api.md section 5.2). The relay's own outcome says only that Stella accepted it.
 */
import type { Feedback } from "../vendors/stella/data";
import type { Ledger, Metrics } from "./ports";
import { type Closure, type ConversationRecord, conversationKey } from "./record";
import { type Change, transact } from "./transact";

/** Why no survey reached a mailbox, by the beginning of Stella's label. Other labels are not published. */
const UNDELIVERED = [
  ["not sent: suppression period", "suppressed"],
  ["not sent: do not send flag", "do-not-send"],
  ["not sent: consumer unsubscribed", "unsubscribed"],
  ["not sent: rejected", "rejected"],
  ["not sent", "other"],
  ["hard bounce", "bounced"],
] as const;
export type UndeliveredReason = (typeof UNDELIVERED)[number][1];

/** Undefined if the survey was sent, according to the label. */
export function undelivered(label: string): UndeliveredReason | undefined {
  const said = label.trim().toLowerCase();
  return UNDELIVERED.find(([start]) => said.startsWith(start))?.[1];
}

/** Maximum difference in milliseconds between Stella's time of a request and the relay's time of its answer. */
const APART = 10 * 60_000;
/** Maximum length of a stored label, in characters. */
const LONGEST = 100;

/** Stores Stella's status of a request with its close, and counts it if it is new. */
export async function noteDeliveryStatus(
  {
    ledger,
    metrics,
  }: { readonly ledger: Pick<Ledger, "conversation" | "saveConversation">; readonly metrics: Metrics },
  { ext_interaction_id: conversationId, request_delivery_status: label, request_created_at: created }: Feedback,
): Promise<void> {
  const at = Date.parse(created ?? "");
  if (!conversationId || !label || Number.isNaN(at)) return;
  const status = label.slice(0, LONGEST);
  const news = await transact(ledger, conversationKey(conversationId), (record) => withStatus(record, at, status));
  const reason = news ? undelivered(label) : undefined;
  if (reason !== undefined) metrics.count("SurveyUndelivered", { reason });
}

function withStatus(record: ConversationRecord | undefined, at: number, status: string): Change<boolean> {
  const close = record === undefined ? undefined : requestedAt(record, at);
  if (record === undefined || close === undefined || close.deliveryStatus === status) return { result: false };
  const closures = record.closures.map((one) => (one === close ? { ...one, deliveryStatus: status } : one));
  return { save: { ...record, closures }, result: true };
}

/** The close of that request. Of our ids, Stella's list has only the conversation's. */
function requestedAt({ closures }: ConversationRecord, at: number): Closure | undefined {
  const apart = ({ finishedAt = Number.POSITIVE_INFINITY }: Closure) => Math.abs(finishedAt - at);
  return closures
    .filter(({ state, surveyMode }) => (state === "sent" || state === "recorded") && surveyMode === "production")
    .filter((close) => apart(close) <= APART)
    .sort((a, b) => apart(a) - apart(b))[0];
}
