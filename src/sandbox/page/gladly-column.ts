/** The left column: Gladly, as agents and administrators see it. */
import { cards, empty, section, time } from "../../page/elements";
import { type Html, html } from "../../page/html";
import type { ConfigurationChange } from "../gladly/change-log";
import type { ConversationRecord } from "../gladly/conversation-record";
import { nameOf } from "../gladly/customer-record";
import type { GladlyView } from "../gladly/view";
import { conversationCard, newConversation } from "./conversation-card";
import { webhookCards } from "./webhook-cards";

/** Entries shown of each list, newest first. The rest are only counted. */
const SHOWN = 15;

export function gladlyColumn(
  view: GladlyView,
  stellaWebhookUrl: string,
  changed: readonly ConfigurationChange[],
): Html {
  const newest = [...view.conversations].reverse();
  const open = newest.filter(({ status }) => status !== "CLOSED");
  const closed = newest
    .filter(({ status }) => status === "CLOSED")
    .sort((a, b) => (b.closedAt ?? "").localeCompare(a.closedAt ?? ""));
  const timelines = view.customers.flatMap(({ customer, activities }) =>
    activities.map((item) => ({ customer, item })),
  );
  return html`<h2><span class="dot gladly"></span>Gladly</h2>
${section("conversations", "Open conversations", html`${newConversation(view)}${conversations(open, view, "No open conversations.")}`, open.length)}
${section("closed", "Closed conversations", conversations(closed, view, "No closed conversations."), closed.length)}
${section("webhooks", "Webhooks", webhookCards(view, stellaWebhookUrl), view.webhooks.length)}
${section("topics", "Topics", topics(view), view.topics.length)}
${section("changes", "Changes, by cdktf apply or over the API", changes(changed), changed.length)}
${section("timelines", "Answers on customers' timelines", activities(timelines), timelines.length)}`;
}

function conversations(records: readonly ConversationRecord[], view: GladlyView, whenEmpty: string): Html {
  if (records.length === 0) return empty(whenEmpty);
  return cards(records, SHOWN, (one) => conversationCard(one, view));
}

function topics({ topics: all }: GladlyView): Html {
  return html`<div class="row wrap">${all.map(
    (topic) =>
      html`<span class="tag${topic.disabled && " off"}" title="${topic.id}">${topic.name}${topic.disabled && " (disabled)"}</span>`,
  )}</div>`;
}

/** Configuration changes, newest first: from an apply, or from a click in Gladly. */
function changes(all: readonly ConfigurationChange[]): Html {
  if (all.length === 0) return empty("No changes yet.");
  return cards(
    all.toReversed(),
    SHOWN,
    ({
      at,
      what,
      details,
    }) => html`<li class="card"><div class="row"><strong>${what}</strong><span class="grow"></span>${time(at)}</div>
${details.length > 0 && html`<p class="facts">${details.map((detail) => html`<span>${detail}</span>`)}</p>`}</li>`,
  );
}

type Timeline = readonly {
  readonly customer: GladlyView["customers"][number]["customer"];
  readonly item: GladlyView["customers"][number]["activities"][number];
}[];

function activities(entries: Timeline): Html {
  if (entries.length === 0) return empty("No survey answers yet.");
  return cards(
    entries.toReversed(),
    SHOWN,
    ({ customer, item }) =>
      html`<li class="card" id="activity-${item.id}"><div class="row"><strong>${nameOf(customer)}</strong><span class="grow"></span>${time(item.timestamp)}</div>
<p class="facts"><span>${String(item.content.title ?? "")}</span>${item.content.body ? html`<span>“${textOf(String(item.content.body))}”</span>` : undefined}</p></li>`,
  );
}

/** The text of an activity's body, which is HTML with a few harmless tags. */
function textOf(body: string): string {
  return body.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}
