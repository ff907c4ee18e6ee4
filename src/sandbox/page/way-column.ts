/** The middle of the page: the way of each close, from Gladly through the relay to Stella Connect. */

import { type Html, html } from "../../page/html";
import type { DeliveryView, GladlyView } from "../gladly/view";
import type { RecordedRequest } from "../stella/store";
import { action, chip, empty, section, type Tone, time } from "./parts";
import type { RelayEntry, RelayView } from "./relay-view";

export function wayColumn(gladly: GladlyView, relay: RelayView, requests: readonly RecordedRequest[]): Html {
  const list = gladly.closes.map(({ event, deliveries }) => {
    const conversationId = String(event.content.conversationId ?? "");
    const customer = gladly.customers.find(({ customer: one }) => one.id === event.content.customerId)?.customer;
    const answers = requests.filter(
      (request) => request.extInteractionId === conversationId && request.at >= event.timestamp,
    );
    return html`<li id="way-${event.id}" class="card">
<div class="row"><strong>${customer?.name ?? conversationId}</strong><span class="grow"></span>${action(
      "redeliver",
      { event: event.id },
      "Deliver again",
      {
        title: "Gladly sends the same event once more",
      },
    )}</div>
<ol class="way">
${step("good", "Gladly", html`closed ${time(event.timestamp)}`)}
${deliveries.length === 0 ? step("calm", "Webhook", "none was on and subscribed: nobody is told") : deliveries.map(deliveryStep)}
${relayStep(relay, event.id)}
${answers.map(stellaStep)}
</ol></li>`;
  });
  return html`<h2><span class="dot relay"></span>The way of each close</h2>
${section("relay", "Relay", relayState(relay))}
${section("closes", "Closes", list.length === 0 ? empty("Close a conversation, and watch it go.") : html`<ul class="cards">${list}</ul>`)}`;
}

function step(tone: Tone, where: string, words: string | Html): Html {
  return html`<li class="${tone}"><span class="where">${where}</span><span>${words}</span></li>`;
}

function deliveryStep({ delivery, last }: DeliveryView): Html {
  const answer = last && (last.status === undefined ? (last.failure ?? "") : `answered ${last.status}`);
  switch (delivery.state) {
    case "under-way":
      return step("calm", "Webhook", "under way");
    case "waiting":
      return last === undefined
        ? step("calm", "Webhook", "waits for its turn")
        : step(
            "warn",
            "Webhook",
            html`${answer}; ${delivery.attempts === 1 ? "first retry" : `retry ${delivery.attempts}`} at ${delivery.nextAttemptAt && time(delivery.nextAttemptAt)}`,
          );
    case "delivered":
      return step("good", "Webhook", `${answer}${delivery.attempts > 1 ? ` at retry ${delivery.attempts - 1}` : ""}`);
    case "given-up":
      return step("bad", "Webhook", `${answer}; given up, and the webhook switched off`);
    case "dropped":
      return step("bad", "Webhook", "dropped, since the webhook was switched off");
    default:
      return delivery.state satisfies never;
  }
}

function relayState(relay: RelayView): Html {
  switch (relay.kind) {
    case "none":
      return empty("No relay connected.");
    case "silent":
      return html`<p class="alert calm">No relay connected: <span class="mono">${relay.url}</span> ${relay.why}.</p>`;
    case "known":
      return html`<p class="facts"><span>${chip("good", "connected")}</span><span class="mono">${relay.url}</span></p>`;
    default:
      return relay satisfies never;
  }
}

function relayStep(relay: RelayView, eventId: string): Html | undefined {
  const entry = relay.kind === "known" ? relay.entries.get(eventId) : undefined;
  if (entry === undefined) return undefined;
  const why = entry.meaning || entry.reason;
  return step(
    toneOf(entry),
    "Relay",
    html`<strong>${entry.state}</strong>${entry.surveyMode ? html` ${chip("accent", entry.surveyMode)}` : undefined}${why ? html`: ${why}` : undefined}${
      entry.detail ? html` <span class="quiet">(${entry.detail})</span>` : undefined
    }${entry.duplicates ? html` <span class="quiet">${entry.duplicates} duplicate dropped</span>` : undefined}`,
  );
}

function toneOf({ state }: RelayEntry): Tone {
  if (state === "sent") return "good";
  if (state === "parked") return "bad";
  return state === "retrying" ? "warn" : "calm";
}

function stellaStep(request: RecordedRequest): Html {
  const mode = chip("accent", request.mode);
  if (request.decision === "refused") {
    return step(
      "bad",
      "Stella",
      html`${mode} refused: ${request.refusal} <span class="quiet">(${request.detail})</span>`,
    );
  }
  return request.recipient === null
    ? step("calm", "Stella", html`${mode} ${request.deliveryStatus}`)
    : step("good", "Stella", html`${mode} survey to ${request.recipient}`);
}
