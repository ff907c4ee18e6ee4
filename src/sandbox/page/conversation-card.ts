/** Conversations in Gladly's column: the card of a conversation, and the form that opens one. */
import { aloud, chip, folded, time } from "../../page/elements";
import { type Html, html } from "../../page/html";
import type { ConversationRecord } from "../gladly/conversation-record";
import { addressOf, nameOf } from "../gladly/customer-record";
import type { GladlyView } from "../gladly/view";
import { Channel } from "../scenario";
import { action, form, options } from "./forms";
import { label } from "./label";

export function newConversation({ inboxes, agents }: GladlyView): Html {
  const inbox = inboxes[0];
  const choices = agents.filter(({ id }) => inbox?.agentIds.includes(id));
  return folded(
    "new-conversation",
    "Open a conversation",
    form(
      "open",
      {},
      html`<label>Customer<input name="name" required value="Nora New" autocomplete="off"></label>
<label>E-mail (optional)<input name="email" type="email" value="nora.new@example.net" autocomplete="off"></label>
<label>Channel<select name="channel">${options(
        Channel.options.map((value) => ({ value, label: label(value) })),
        "CHAT",
      )}</select></label>
<label>Agent<select name="agent">${options([...choices.map(({ id, name }) => ({ value: id, label: name })), { value: "", label: "no agent" }])}</select></label>
<button class="primary">Open</button>`,
    ),
  );
}

export function conversationCard(record: ConversationRecord, view: GladlyView): Html {
  const { id, customerId, agentId, topicIds, status, channel, replyOwed, closedAt } = record;
  const customer = view.customers.find(({ customer: one }) => one.id === customerId)?.customer;
  const name = customer ? nameOf(customer) : customerId;
  const agent = view.agents.find((one) => one.id === agentId);
  const closed = status === "CLOSED";
  const topics = topicIds.flatMap((topicId) => view.topics.find((topic) => topic.id === topicId) ?? []);
  const addable = view.topics.filter((topic) => !topic.disabled && !topicIds.includes(topic.id));
  const assignable = view.agents.filter((one) =>
    view.inboxes.find((inbox) => inbox.id === record.inboxId)?.agentIds.includes(one.id),
  );
  return html`<li id="conversation-${id}" class="card${closed && " closed"}">
<div class="row"><strong>${name}</strong><span class="grow"></span>${action(
    "toggle",
    { conversation: id, to: closed ? "OPEN" : "CLOSED", ...(replyOwed ? { force: "yes" } : {}) },
    html`${closed ? "Reopen" : replyOwed ? "Close anyway" : "Close"}${aloud(` the conversation with ${name}`)}`,
    { style: closed ? "plain" : "primary", id: `toggle-${id}` },
  )}</div>
<p class="facts"><span>${
    closed ? chip("calm", html`closed ${closedAt !== undefined && time(closedAt)}`) : chip("good", label(status))
  }</span><span>${label(channel)}</span><span>${agent?.name ?? html`<em>no agent assigned</em>`}</span><span>${
    (customer && addressOf(customer)) ?? html`<em>no e-mail</em>`
  }</span>${replyOwed && html`<span><em>waits for a reply</em></span>`}</p>
<div class="row wrap">${topics.map(
    (topic) =>
      html`<span class="tag">${topic.name}${
        !closed &&
        action(
          "remove-topic",
          { conversation: id, topic: topic.id },
          html`<span aria-hidden="true">×</span>${aloud(`Remove ${topic.name} from ${name}`)}`,
          { title: `Remove ${topic.name}` },
        )
      }</span>`,
  )}${topics.length === 0 && html`<em class="quiet">no topic: Gladly will not close it</em>`}</div>
${
  !closed &&
  folded(
    `more-${id}`,
    html`Topic, agent, message${aloud(` of ${name}`)}`,
    html`${form("add-topic", { conversation: id }, html`<label>Topic<select name="topic">${options(addable.map((topic) => ({ value: topic.id, label: topic.name })))}</select></label><button>Add</button>`)}
${form("assign", { conversation: id, inbox: record.inboxId }, html`<label>Agent<select name="agent">${options([...assignable.map((one) => ({ value: one.id, label: one.name })), { value: "", label: "no agent" }], agentId ?? "")}</select></label><button>Assign</button>`)}
${action("customer-writes", { conversation: id }, "The customer writes again")}`,
  )
}</li>`;
}
