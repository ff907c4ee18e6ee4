/** The controls of the sandbox's Gladly: what people do there outside the API, and what tests want to know. */
import * as z from "zod";
import { controlBody, InvalidControl } from "../http/control-body";
import { json } from "../http/exchange";
import { type Route, route } from "../http/router";
import { Channel } from "../scenario";
import type { ConversationRecord } from "./conversation-record";
import { showConversation } from "./conversations";
import { showCustomer } from "./customers";
import { mergeCustomers } from "./merge";
import type { ViewParts } from "./view";
import { showWebhook } from "./webhook";

export type ControlParts = ViewParts;

const NewCustomer = z.strictObject({
  id: z.string().optional(),
  name: z.string().min(1),
  email: z.string().optional(),
  phone: z.string().optional(),
});

const NewConversation = z.strictObject({
  id: z.string().optional(),
  customerId: z.string().optional(),
  customer: NewCustomer.optional(),
  /** Null: nobody is assigned. Left out: the first agent of the inbox. */
  agentId: z.string().nullable().optional(),
  inboxId: z.string().optional(),
  channel: Channel.default("EMAIL"),
  /** Left out: one ordinary topic, so that Gladly lets the conversation be closed. */
  topicIds: z.array(z.string()).optional(),
  message: z.string().min(1).default("Can you help me with my parcel?"),
  replyOwed: z.boolean().default(false),
});

export function gladlyControls(parts: ControlParts): Route[] {
  const { conversations, customers, deliveries, events, log, webhooks } = parts;
  return [
    route("GET", "/_sandbox/state", () => json(200, gladlyState(parts))),
    route("GET", "/_sandbox/deliveries", () => json(200, { deliveries: deliveries.list(), attempts: log.all() })),
    route("GET", "/_sandbox/events", () => json(200, events.all())),
    route("POST", "/_sandbox/conversations", (call) => {
      const record = open(parts, controlBody(call, NewConversation));
      return json(201, withChannel(record));
    }),
    route("POST", "/_sandbox/conversations/{conversationId}/messages", (call, path) => {
      const id = path.get("conversationId");
      if (!conversations.find(id)) throw new InvalidControl(`There is no conversation ${id}.`, 404);
      const { from, text } = controlBody(
        call,
        z.strictObject({ from: z.enum(["customer", "agent"]), text: z.string() }),
      );
      return json(200, withChannel(conversations.write(id, from, text)));
    }),
    route("POST", "/_sandbox/conversations/{conversationId}/tasks", (_call, path) => {
      const conversation = conversations.find(path.get("conversationId"));
      if (!conversation) throw new InvalidControl(`There is no conversation ${path.get("conversationId")}.`, 404);
      const { id: conversationId, customerId } = conversation;
      // Tasks are items on Gladly's timeline that its API does not serve: reading one answers 400.
      const item = parts.items.add({ conversationId, customerId, content: { type: "TASK" }, hidden: true });
      return json(201, { id: item.id });
    }),
    route("POST", "/_sandbox/customers", (call) =>
      json(201, showCustomer(addCustomer(parts, controlBody(call, NewCustomer)))),
    ),
    route("POST", "/_sandbox/customers/{customerId}", (call, path) => {
      const id = path.get("customerId");
      if (!customers.find(id)) throw new InvalidControl(`There is no customer ${id}.`, 404);
      const change = controlBody(
        call,
        z.strictObject({ name: z.string().optional(), emails: z.array(z.string()).optional() }),
      );
      const { name, emails } = change;
      return json(
        200,
        showCustomer(customers.change(id, { ...(name ? { name } : {}), ...(emails ? { emails } : {}) })),
      );
    }),
    route("POST", "/_sandbox/customers/{customerId}/merge", (call, path) => {
      const { into } = controlBody(call, z.strictObject({ into: z.string() }));
      return json(200, showCustomer(mergeCustomers(parts, path.get("customerId"), into)));
    }),
    route("POST", "/_sandbox/events/{eventId}/redeliver", (_call, path) => {
      const event = events.find(path.get("eventId"));
      if (event === undefined) throw new InvalidControl(`There is no event ${path.get("eventId")}.`, 404);
      const to = webhooks.list().filter((webhook) => webhook.enabled && webhook.events.includes(event.type));
      deliveries.publish(event);
      return json(202, { event, webhookIds: to.map((webhook) => webhook.id) });
    }),
  ];
}

/** Everything there is, as tests read it. */
function gladlyState(parts: ControlParts): Record<string, unknown> {
  const { topics, conversations, customers, items, directory, webhooks, log } = parts;
  return {
    url: parts.url(),
    webhooks: webhooks.list().map((record) => ({ ...showWebhook(record), log: log.shown(record.id, parts.now()) })),
    topics: topics.list(),
    conversations: conversations.list().map(withChannel),
    customers: customers.list().map((customer) => ({
      ...showCustomer(customer),
      activities: items.activitiesOf(customer.id),
    })),
    agents: directory.listAgents(),
    inboxes: directory.listInboxes(),
  };
}

function withChannel(record: ConversationRecord): Record<string, unknown> {
  return { ...showConversation(record), channel: record.channel, replyOwed: record.replyOwed };
}

function open(parts: ControlParts, input: z.infer<typeof NewConversation>): ConversationRecord {
  const { conversations, customers, directory, topics } = parts;
  if ((input.customerId === undefined) === (input.customer === undefined)) {
    throw new InvalidControl("A conversation needs either `customerId` or a new `customer` {name, email?}.");
  }
  const inbox = input.inboxId === undefined ? directory.listInboxes()[0] : directory.inbox(input.inboxId);
  if (inbox === undefined) throw new InvalidControl(`There is no inbox ${input.inboxId ?? "at all"}.`, 404);
  const agentId = input.agentId === undefined ? (inbox.agentIds[0] ?? null) : input.agentId;
  if (agentId !== null && !inbox.agentIds.includes(agentId)) {
    throw new InvalidControl(
      `Agent ${agentId} does not belong to inbox ${inbox.id}; its agents: ${inbox.agentIds.join(", ")}.`,
    );
  }
  const ordinary = topics.list().find((topic) => !topic.disabled);
  const topicIds = input.topicIds ?? (ordinary ? [ordinary.id] : []);
  const unknown = topicIds.filter((topicId) => topics.find(topicId) === undefined);
  if (unknown.length > 0) throw new InvalidControl(`There is no topic ${unknown.join(", ")}.`, 404);
  if (input.id !== undefined && conversations.find(input.id)) {
    throw new InvalidControl(`There already is a conversation ${input.id}.`, 409);
  }
  const customerId = input.customer ? addCustomer(parts, input.customer).id : (input.customerId ?? "");
  if (customers.find(customerId) === undefined) throw new InvalidControl(`There is no customer ${customerId}.`, 404);
  const already = conversations.openOf(customerId);
  if (already !== undefined) {
    throw new InvalidControl(
      `Customer ${customerId} has conversation ${already.id} open, and Gladly allows one at a time: close it first.`,
      409,
    );
  }
  const { id, channel, message, replyOwed } = input;
  return conversations.open({ id, customerId, inboxId: inbox.id, agentId, channel, topicIds, message, replyOwed });
}

function addCustomer({ customers }: ControlParts, input: z.infer<typeof NewCustomer>) {
  if (input.id !== undefined && customers.find(input.id)) {
    throw new InvalidControl(`There already is a customer ${input.id}.`, 409);
  }
  return customers.add({
    ...(input.id === undefined ? {} : { id: input.id }),
    name: input.name,
    emails: input.email === undefined ? [] : [input.email],
    phones: input.phone === undefined ? [] : [input.phone],
  });
}
