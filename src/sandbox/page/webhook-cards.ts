/** Webhooks in Gladly's column: their switch, what became of them, their log. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { type Html, html } from "../../page/html";
import type { LogEntry } from "../gladly/delivery-log";
import type { GladlyView } from "../gladly/view";
import { action, chip, empty, folded, time } from "./parts";

export function webhookCards(view: GladlyView, stellaWebhookUrl: string): Html {
  const list = view.webhooks.map(({ webhook, log }) => {
    const name = webhook.name ?? webhook.url;
    const off = webhook.disabledAtDueToRetryLimit;
    return html`<li id="webhook-${webhook.id}" class="card">
<div class="row"><strong>${name}</strong><span class="grow"></span>${action(
      "webhook",
      { webhook: webhook.id, enabled: webhook.enabled ? "no" : "yes" },
      webhook.enabled ? "On" : "Off",
      {
        style: "switch",
        id: `switch-${webhook.id}`,
        on: webhook.enabled,
        title: `${name}: ${webhook.enabled ? "on, switch off" : "off, switch on"}`,
      },
    )}</div>
<p class="facts"><span class="mono">${webhook.url}</span></p>
<p class="facts"><span>${webhook.events.join(", ")}</span><span>${webhook.hasCredentials ? "with credentials" : html`<em>no credentials</em>`}</span></p>
${off && html`<p class="alert">Gladly switched it off at ${time(off)} after the fourth failed retry. What happens meanwhile is never delivered.</p>`}
${!webhook.enabled && !off && html`<p class="alert calm">Switched off by hand. What happens meanwhile is never delivered.</p>`}
${webhook.url === stellaWebhookUrl && html`<div class="row wrap">${action("webhook-key", { webhook: webhook.id, mode: "test" }, "Use the test key")}${action("webhook-key", { webhook: webhook.id, mode: "production" }, "Use the production key")}</div>`}
${folded(`log-${webhook.id}`, html`Log <span class="count">${log.length}</span>`, logTable(log))}</li>`;
  });
  // Beside a relay it would ask for every survey twice.
  const told = view.webhooks.some(({ webhook }) => webhook.events.includes(CONVERSATION_CLOSED));
  const connect = html`${empty("Nobody is told of a close. Make a webhook as the vendor's guide does, by hand, or apply an environment.")}${action("connect", {}, "Add “Send Stella Survey”")}`;
  return html`<ul class="cards">${list}</ul>${!told && connect}`;
}

function logTable(log: readonly LogEntry[]): Html {
  if (log.length === 0) return empty("Nothing was sent yet.");
  const rows = log
    .slice(0, 20)
    .map(
      (entry) =>
        html`<tr><td>${time(entry.at)}</td><td>${entry.type}</td><td>${entry.attempt === 1 ? "" : `retry ${entry.attempt - 1}`}</td><td>${
          entry.status ?? entry.failure
        }</td><td>${chip(entry.result === "Success" ? "good" : entry.result === "Error" ? "bad" : "warn", entry.result)}</td></tr>`,
    );
  return html`<div class="scroll"><table><thead><tr><th>Time</th><th>Event</th><th></th><th>Answer</th><th>Result</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
