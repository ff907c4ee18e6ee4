/** Webhooks in Gladly's column: switch, state and log. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { aloud, chip, empty, folded, modeBadge, time } from "../../page/elements";
import { type Html, html } from "../../page/html";
import type { LogEntry } from "../gladly/delivery-log";
import type { GladlyView } from "../gladly/view";
import { action } from "./forms";

export function webhookCards(view: GladlyView, stellaWebhookUrl: string): Html {
  const list = view.webhooks.map(({ webhook, log, stellaKey }) => {
    const name = webhook.name ?? webhook.url;
    const off = webhook.disabledAtDueToRetryLimit;
    return html`<li id="webhook-${webhook.id}" class="card">
<div class="row"><strong>${name}</strong><span class="grow"></span>${action(
      "webhook",
      { webhook: webhook.id, enabled: webhook.enabled ? "no" : "yes" },
      html`${webhook.enabled ? "On" : "Off"}${aloud(`: ${name}`)}`,
      { style: "switch", id: `switch-${webhook.id}`, on: webhook.enabled },
    )}</div>
<p class="facts"><span class="mono">${webhook.url}</span></p>
<p class="facts"><span>${webhook.events.join(", ")}</span><span>${webhook.hasCredentials ? "with credentials" : html`<em>no credentials</em>`}</span></p>
${stellaKey && html`<p>${modeBadge(stellaKey)} key as password</p>`}
${off && html`<p class="alert">Gladly disabled it at ${time(off)} after the fourth failed retry. Events are lost until it is enabled again.</p>`}
${!webhook.enabled && !off && html`<p class="alert calm">Disabled by a person or a program. Events are lost until it is enabled again.</p>`}
${webhook.url === stellaWebhookUrl && html`<div class="row wrap">${action("webhook-key", { webhook: webhook.id, mode: "test" }, "Use the test key")}${action("webhook-key", { webhook: webhook.id, mode: "production" }, "Use the production key")}</div>`}
${folded(`log-${webhook.id}`, html`Log <span class="count">${log.length > ROWS ? `last ${ROWS} of ${log.length}` : log.length}</span>${aloud(` of ${name}`)}`, logTable(log, name))}</li>`;
  });
  // Next to a relay, this webhook would request every survey twice.
  const subscribed = view.webhooks.some(({ webhook }) => webhook.events.includes(CONVERSATION_CLOSED));
  const connect = html`${empty("No webhook receives closes. Add one as in the vendor's guide, or apply an environment.")}${action("connect", {}, "Add “Send Stella Survey”")}`;
  return html`<ul class="cards">${list}</ul>${!subscribed && connect}`;
}

/** Rows shown of a log. */
const ROWS = 20;

function logTable(log: readonly LogEntry[], name: string): Html {
  if (log.length === 0) return empty("Nothing was sent yet.");
  const rows = log
    .slice(0, ROWS)
    .map(
      (entry) =>
        html`<tr><td>${time(entry.at)}</td><td>${entry.type}</td><td>${entry.attempt === 1 ? "first" : `retry ${entry.attempt - 1}`}</td><td>${
          entry.status ?? entry.failure
        }</td><td>${chip(entry.result === "Success" ? "good" : entry.result === "Error" ? "bad" : "warn", entry.result)}</td></tr>`,
    );
  return html`<div class="scroll" role="region" aria-label="Log of ${name}" tabindex="0"><table><thead><tr><th>Time</th><th>Event</th><th>Attempt</th><th>Answer</th><th>Result</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
