/** The outcome of one close and its reason, from the records of Gladly, the relay and Stella. Pure. */
import type { Tone } from "../../page/elements";
import type { DeliveryView } from "../gladly/view";
import type { RecordedRequest } from "../stella/store";
import type { RelayEntry } from "./relay-view";

export interface FlowResult {
  readonly kind: "survey" | "none" | "waiting" | "problem";
  readonly tone: Tone;
  readonly label: string;
  readonly mode?: string;
  readonly reason: string;
}

export function outcomeOf(
  deliveries: readonly DeliveryView[],
  entry: RelayEntry | undefined,
  requests: readonly RecordedRequest[],
): FlowResult {
  const surveyed = requests.find(({ recipient }) => recipient !== null);
  if (surveyed)
    return {
      kind: "survey",
      tone: "good",
      label: "Survey sent",
      mode: surveyed.mode,
      reason: `to ${surveyed.recipient}`,
    };
  if (entry?.state === "parked") return problem("Parked", entry.meaning || entry.reason || "needs attention");
  const refused = requests.find(({ decision }) => decision === "refused");
  if (refused) return problem("Refused by Stella", refused.refusal ?? "");
  const recorded = requests.at(-1);
  if (recorded) return none(recorded.deliveryStatus ?? "recorded");
  if (entry && ["skipped", "recorded"].includes(entry.state)) return none(entry.meaning || entry.reason || entry.state);
  if (deliveries.length === 0) return none("no webhook is enabled for closes");
  if (deliveries.every(({ delivery }) => delivery.state === "given-up" || delivery.state === "dropped")) {
    return problem("Not delivered", "Gladly could not deliver the event");
  }
  return { kind: "waiting", tone: "warn", label: "Waiting", reason: waitingFor(deliveries, entry) };
}

function none(reason: string): FlowResult {
  return { kind: "none", tone: "calm", label: "No survey", reason };
}

function problem(label: string, reason: string): FlowResult {
  return { kind: "problem", tone: "bad", label, reason };
}

function waitingFor(deliveries: readonly DeliveryView[], entry: RelayEntry | undefined): string {
  if (entry) return entry.state === "retrying" ? "for the next attempt at Stella Connect" : "for the relay";
  return deliveries.some(({ delivery }) => delivery.state === "delivered")
    ? "for a decision"
    : "for the webhook to answer";
}
