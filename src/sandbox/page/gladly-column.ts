/** The left of the page: Gladly, as an agent and an administrator see it. */
import type { ConversationRecord } from "../gladly/conversations";
import type { LogEntry } from "../gladly/delivery-log";
import type { GladlyView } from "../gladly/view";
import { type Html, html } from "../http/html";
import { Channel } from "../scenario";
import { action, chip, empty, folded, form, options, section, time } from "./parts";

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
  html`${newOne(view)}<ul class="cards">${newest.slice(0, SHOWN).map((one) => conversation(one, view))}</ul>${
    hidden > 0 && empty(`and ${hidden} older ones`)
  }`,
  open,
)}
${section("webhooks", "Webhooks", webhooks(view, stellaWebhookUrl), view.webhooks.length)}
${section("topics", "Topics", topics(view), view.topics.length)}
${section("timelines", "Surveys on customers' timelines", timelines(view))}`;
}

function newOne({ inboxes, agents }: GladlyView): Html {
  const inbox = inboxes[0];
  const choices = agents.filter(({ id }) => inbox?.agentIds.includes(id));
  return folded(
    "new-conversation",
    "Open a conversation",
    form(
      "open",
      {},
      html`<label>Customer<input name="name" required value="Nora New" autocomplete="off"></label>
<label>E-mail <span class="quiet">may be empty</span><input name="email" type="email" value="nora.new@example.net" autocomplete="off"></label>
<label>Channel<select name="channel">${options(
        Channel.options.map((value) => ({ value, label: words(value) })),
        "CHAT",
      )}</select></label>
<label>Agent<select name="agent">${options([...choices.map(({ id, name }) => ({ value: id, label: name })), { value: "", label: "nobody" }])}</select></label>
<button class="primary">Open</button>`,
    ),
  );
}

function conversation(record: ConversationRecord, view: GladlyView): Html {
  const { id, customerId, agentId, topicIds, status, channel, replyOwed, closedAt } = record;
  const customer = view.customers.find(({ customer: one }) => one.id === customerId)?.customer;
  const agent = view.agents.find((one) => one.id === agentId);
  const closed = status === "CLOSED";
  const on = topicIds.flatMap((topicId) => view.topics.find((topic) => topic.id === topicId) ?? []);
  const addable = view.topics.filter((topic) => !topic.disabled && !topicIds.includes(topic.id));
  const assignable = view.agents.filter((one) =>
    view.inboxes.find((inbox) => inbox.id === record.inboxId)?.agentIds.includes(one.id),
  );
  return html`<li id="conversation-${id}" class="card${closed && " closed"}">
<div class="row"><strong>${customer?.name ?? customerId}</strong><span class="grow"></span>${action(
    "toggle",
    { conversation: id, to: closed ? "OPEN" : "CLOSED", ...(replyOwed ? { force: "yes" } : {}) },
    closed ? "Reopen" : "Close",
    {
      style: closed ? "plain" : "primary",
      id: `toggle-${id}`,
      title: `${closed ? "Reopen" : "Close"} the conversation with ${customer?.name ?? customerId}`,
    },
  )}</div>
<p class="facts"><span>${
    closed ? chip("calm", html`closed ${closedAt !== undefined && time(closedAt)}`) : chip("good", words(status))
  }</span><span>${words(channel)}</span><span>${agent?.name ?? html`<em>nobody assigned</em>`}</span><span>${
    customer?.emails[0] ?? html`<em>no e-mail</em>`
  }</span>${replyOwed && html`<span><em>waits for a reply</em></span>`}</p>
<div class="row wrap">${on.map(
    (topic) =>
      html`<span class="tag">${topic.name}${!closed && action("remove-topic", { conversation: id, topic: topic.id }, "×", { title: `Take ${topic.name} off` })}</span>`,
  )}${on.length === 0 && html`<em class="quiet">no topic: Gladly will not close it</em>`}</div>
${
  !closed &&
  folded(
    `more-${id}`,
    "Topic, agent, message",
    html`${form("add-topic", { conversation: id }, html`<label>Topic<select name="topic">${options(addable.map((topic) => ({ value: topic.id, label: topic.name })))}</select></label><button>Add</button>`)}
${form("assign", { conversation: id, inbox: record.inboxId }, html`<label>Agent<select name="agent">${options([...assignable.map((one) => ({ value: one.id, label: one.name })), { value: "", label: "nobody" }], agentId ?? "")}</select></label><button>Assign</button>`)}
${action("customer-writes", { conversation: id }, "The customer writes again")}`,
  )
}</li>`;
}

function webhooks(view: GladlyView, stellaWebhookUrl: string): Html {
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
  const told = view.webhooks.some(({ webhook }) => webhook.events.includes("CONVERSATION/CLOSED"));
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
      }) => html`<li class="card" id="activity-${item.id}"><div class="row"><strong>${customer.name}</strong><span class="grow"></span>${time(item.timestamp)}</div>
<p class="facts"><span>${String(item.content.title ?? "")}</span>${item.content.body ? html`<span>“${wordsOf(String(item.content.body))}”</span>` : undefined}</p></li>`,
    )}</ul>`;
}

/** An activity's body is HTML of a few harmless tags: what a person reads of it. */
function wordsOf(body: string): string {
  return body.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}

/** `PHONE_CALL` as a person writes it. */
function words(value: string): string {
  if (value === "SMS") return value;
  const text = value.replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
