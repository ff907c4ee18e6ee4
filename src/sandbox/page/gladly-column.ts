/** The left of the page: Gladly, as an agent and an administrator see it. */

import { type Html, html } from "../../page/html";
import { nameOf } from "../gladly/customer-record";
import type { GladlyView } from "../gladly/view";
import { conversationCard, newConversation } from "./conversation-card";
import { empty, section, time } from "./parts";
import { webhookCards } from "./webhook-cards";

/** Conversations that are shown; the others are counted. */
const SHOWN = 20;

export function gladlyColumn(view: GladlyView, stellaWebhookUrl: string): Html {
  const newest = [...view.conversations].reverse();
  const open = newest.filter(({ status }) => status !== "CLOSED").length;
  const hidden = newest.length - SHOWN;
  return html`<h2><span class="dot gladly"></span>Gladly</h2>
${section(
  "conversations",
  "Conversations",
  html`${newConversation(view)}<ul class="cards">${newest.slice(0, SHOWN).map((one) => conversationCard(one, view))}</ul>${
    hidden > 0 && empty(`and ${hidden} older ones`)
  }`,
  open,
)}
${section("webhooks", "Webhooks", webhookCards(view, stellaWebhookUrl), view.webhooks.length)}
${section("topics", "Topics", topics(view), view.topics.length)}
${section("timelines", "Surveys on customers' timelines", timelines(view))}`;
}

function topics({ topics: all }: GladlyView): Html {
  return html`<div class="row wrap">${all.map(
    (topic) =>
      html`<span class="tag${topic.disabled && " off"}" title="${topic.id}">${topic.name}${topic.disabled && " (disabled)"}</span>`,
  )}</div>`;
}

function timelines({ customers }: GladlyView): Html {
  const entries = customers.flatMap(({ customer, activities }) => activities.map((item) => ({ customer, item })));
  if (entries.length === 0) return empty("No survey's answer has come back yet.");
  return html`<ul class="cards">${entries
    .slice(-10)
    .reverse()
    .map(
      ({
        customer,
        item,
      }) => html`<li class="card" id="activity-${item.id}"><div class="row"><strong>${nameOf(customer)}</strong><span class="grow"></span>${time(item.timestamp)}</div>
<p class="facts"><span>${String(item.content.title ?? "")}</span>${item.content.body ? html`<span>“${wordsOf(String(item.content.body))}”</span>` : undefined}</p></li>`,
    )}</ul>`;
}

/** An activity's body is HTML of a few harmless tags: what a person reads of it. */
function wordsOf(body: string): string {
  return body.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}
