/** The survey mode in force, from the configuration and not from the last request. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import type { SurveyMode } from "../../contract/survey-mode";
import type { GladlyView } from "../gladly/view";
import type { RelayView } from "./relay-view";

/** An enabled webhook that receives every close, and where it leads. */
export interface CloseReceiver {
  readonly to: "stella" | "relay";
  readonly url: string;
  /** Undefined when the password is neither of Stella's keys, or the relay does not report its mode. */
  readonly mode: SurveyMode | undefined;
}

export function closeReceivers(gladly: GladlyView, relay: RelayView, stellaUrl: string): readonly CloseReceiver[] {
  return gladly.webhooks.flatMap(({ webhook, stellaKey }): CloseReceiver[] => {
    if (!webhook.enabled || !webhook.events.includes(CONVERSATION_CLOSED)) return [];
    const { url } = webhook;
    return url.startsWith(stellaUrl)
      ? [{ to: "stella", url, mode: stellaKey }]
      : [{ to: "relay", url, mode: relay.kind === "known" ? relay.mode : undefined }];
  });
}
