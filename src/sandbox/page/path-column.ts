/** The middle column: the path of each close, from Gladly through the relay to Stella Connect and the customer. */
import { aloud, chip, empty, modeBadge, section, station, time } from "../../page/elements";
import { type Html, html } from "../../page/html";
import { nameOf } from "../gladly/customer-record";
import type { DeliveryView, GladlyView } from "../gladly/view";
import type { RecordedRequest } from "../stella/store";
import { action } from "./forms";
import { type FlowResult, outcomeOf } from "./outcome";
import type { RelayEntry, RelayView } from "./relay-view";

/** Radio buttons whose state the style sheet reads, so that the filter needs no script and no server. */
const FILTERS: readonly { readonly kind: FlowResult["kind"] | "all"; readonly label: string }[] = [
  { kind: "all", label: "All" },
  { kind: "survey", label: "Survey sent" },
  { kind: "none", label: "No survey" },
  { kind: "waiting", label: "Waiting" },
  { kind: "problem", label: "Problem" },
];

export function pathColumn(gladly: GladlyView, relay: RelayView, requests: readonly RecordedRequest[]): Html {
  const closes = gladly.closes.map((close) => ({ ...close, ...detailsOf(close.event, gladly, relay, requests) }));
  const list = closes.map(({ event, deliveries, entry, answers, customer, conversationId }) => {
    const outcome = outcomeOf(deliveries, entry, answers);
    const name = customer ? nameOf(customer) : conversationId;
    return html`<li id="path-${event.id}" class="card ${outcome.kind}">
<div class="row"><strong>${name}</strong><span class="grow"></span>${action(
      "redeliver",
      { event: event.id },
      html`Deliver again${aloud(`: the close of ${name}`)}`,
      { title: "Gladly sends the same event again" },
    )}</div>
<p class="outcome">${chip(outcome.tone, outcome.label)} ${outcome.mode && modeBadge(outcome.mode)} <span>${outcome.reason}</span></p>
<ol class="line">
${station("good", "Gladly", closedBy(gladly, event), event.timestamp)}
${deliveries.length === 0 ? station("calm", "Webhook", "none is enabled for closes") : deliveries.map(deliveryStation)}
${entry && relayStation(entry)}
${answers.map(stellaStation)}
${answers.map(({ response }) => response && station("good", "Customer", `gives ${response.stars} of 5 stars; ${response.timeline}`, response.at))}
</ol></li>`;
  });
  const shown =
    gladly.closes.length < gladly.closeCount
      ? `last ${gladly.closes.length} of ${gladly.closeCount}`
      : gladly.closeCount;
  return html`<h2><span class="dot relay"></span>The path of each close</h2>
${section("relay", "Relay", relayState(relay))}
${section(
  "closes",
  "Closes",
  list.length === 0
    ? empty("Close a conversation to see where it goes.")
    : html`${filter()}<ul class="cards">${list}</ul><p class="empty nothing">No close of this kind.</p>`,
  shown,
)}`;
}

function filter(): Html {
  return html`<fieldset class="filter"><legend class="sr">Show</legend>${FILTERS.map(
    ({ kind, label }) =>
      html`<label><input type="radio" name="show" id="show-${kind}" value="${kind}" autocomplete="off"${kind === "all" && html` checked`}><span>${label}</span></label>`,
  )}</fieldset>`;
}

function detailsOf(
  event: GladlyView["closes"][number]["event"],
  gladly: GladlyView,
  relay: RelayView,
  requests: readonly RecordedRequest[],
) {
  const conversationId = String(event.content.conversationId ?? "");
  return {
    conversationId,
    customer: gladly.customers.find(({ customer }) => customer.id === event.content.customerId)?.customer,
    entry: relay.kind === "known" ? relay.entries.get(event.id) : undefined,
    answers: requests.filter(
      ({ extInteractionId, at }) => extInteractionId === conversationId && at >= event.timestamp,
    ),
  };
}

function closedBy({ agents }: GladlyView, { initiator }: GladlyView["closes"][number]["event"]): string {
  const agent = agents.find(({ id }) => id === initiator?.id)?.name;
  return `closed by ${agent ?? initiator?.type.toLowerCase() ?? "an unknown initiator"}`;
}

function deliveryStation({ delivery, last }: DeliveryView): Html {
  const answer = last && (last.status === undefined ? (last.failure ?? "no answer") : `answered ${last.status}`);
  const { state, attempts, nextAttemptAt } = delivery;
  switch (state) {
    case "under-way":
      return station("calm", "Webhook", "is being delivered");
    case "waiting": {
      if (last === undefined) return station("calm", "Webhook", "waits for its turn");
      const next = attempts === 1 ? "first retry" : `retry ${attempts}`;
      return station("warn", "Webhook", html`${answer}; ${next} at ${nextAttemptAt && time(nextAttemptAt)}`, last.at);
    }
    case "delivered":
      return station("good", "Webhook", `${answer}${attempts > 1 ? ` at retry ${attempts - 1}` : ""}`, last?.at);
    case "given-up":
      return station("bad", "Webhook", `${answer}; Gladly gave up and disabled the webhook`, last?.at);
    case "dropped":
      return station("bad", "Webhook", "dropped because the webhook was disabled", last?.at);
    default:
      return state satisfies never;
  }
}

function relayState(relay: RelayView): Html {
  switch (relay.kind) {
    case "none":
      return empty("No relay is configured. Closes go to the addresses of Gladly's webhooks.");
    case "silent":
      return html`<p class="alert calm">No relay connected: the operations port <span class="mono">${relay.url}</span> ${relay.why}.</p>`;
    case "known":
      return html`<p class="facts"><span>${chip("good", "connected")}</span><span><a id="relay-page" href="${relay.url}/" target="_blank" rel="noopener">Open the relay's page</a></span></p>`;
    default:
      return relay satisfies never;
  }
}

function relayStation(entry: RelayEntry): Html {
  const why = entry.meaning || entry.reason;
  const { state } = entry;
  const tone = state === "sent" ? "good" : state === "parked" ? "bad" : state === "retrying" ? "warn" : "calm";
  return station(
    tone,
    "Relay",
    html`<strong>${state}</strong>${why ? html`: ${why}` : undefined}${entry.detail ? html` <span class="quiet">(${entry.detail})</span>` : undefined}${
      entry.duplicates ? html` <span class="quiet">${entry.duplicates} duplicate dropped</span>` : undefined
    }`,
    entry.finishedAt ?? entry.receivedAt ?? undefined,
  );
}

function stellaStation(request: RecordedRequest): Html {
  const mode = html`${request.mode} key`;
  if (request.decision === "refused") {
    const detail = html`<span class="quiet">(${request.detail})</span>`;
    return station("bad", "Stella", html`${mode}: refused, ${request.refusal} ${detail}`, request.at);
  }
  return request.recipient === null
    ? station("calm", "Stella", html`${mode}: ${request.deliveryStatus}`, request.at)
    : station("good", "Stella", html`${mode}: survey to ${request.recipient}`, request.at);
}
