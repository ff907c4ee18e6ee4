/** The controls of the sandbox's Gladly: what people do in Gladly without the API, and what tests read. */
import * as z from "zod";
import { controlBody, InvalidControl } from "../http/control-body";
import { empty, json } from "../http/exchange";
import { type PathValues, type Route, route } from "../http/router";
import { Channel } from "../scenario";
import { API_USER } from "./api-deps";
import type { ConversationRecord } from "./conversation-record";
import { showConversation } from "./conversation-record";
import { Emails, emailOf, Phones, phoneOf } from "./customer-record";
import { showCustomer } from "./customers";
import { runErasure } from "./erase";
import type { Initiator } from "./events";
import { mergeCustomers } from "./merge";
import type { ViewDeps } from "./view";
import { showWebhook } from "./webhook";

export type ControlDeps = ViewDeps;

const NewCustomer = z.strictObject({
  id: z.string().optional(),
  /** May be empty or omitted: some customers have no name. */
  name: z.string().optional(),
  email: z.string().optional(),
  emails: Emails.optional(),
  phone: z.string().optional(),
  phones: Phones.optional(),
});

/** `name: null` removes the name. */
const CustomerChange = z.strictObject({
  name: z.string().nullable().optional(),
  emails: Emails.optional(),
  phones: Phones.optional(),
});

const NewConversation = z.strictObject({
  id: z.string().optional(),
  customerId: z.string().optional(),
  customer: NewCustomer.optional(),
  /** Null: no agent is assigned. @default the first agent of the inbox */
  agentId: z.string().nullable().optional(),
  inboxId: z.string().optional(),
  channel: Channel.default("EMAIL"),
  /** @default one enabled topic, because Gladly does not close a conversation without topics */
  topicIds: z.array(z.string()).optional(),
  message: z.string().min(1).default("Can you help me with my parcel?"),
  replyOwed: z.boolean().default(false),
  startedBy: z.enum(["customer", "agent"]).optional(),
  answeredBy: z.enum(["agent", "automation", "nobody"]).optional(),
});

const NewMessage = z.strictObject({
  from: z.enum(["customer", "agent", "automation"]),
  text: z.string(),
  /** An agent's `PHONE_CALL` is an outbound call. @default the conversation's channel */
  channel: Channel.optional(),
});

const Close = z.strictObject({
  by: z.enum(["agent", "api", "rule", "job"]).default("agent"),
  /** The agent who closes. @default the assigned agent */
  agentId: z.string().optional(),
});

export function gladlyControls(deps: ControlDeps): Route[] {
  const { conversations, customers, deliveries, events, log, webhooks } = deps;
  const withChannel = (record: ConversationRecord) => showWithChannel(deps, record);
  const conversation = (path: PathValues): ConversationRecord => {
    const id = path.get("conversationId");
    const record = conversations.find(id);
    if (record === undefined) throw new InvalidControl(`There is no conversation ${id}.`, 404);
    return record;
  };
  const customer = (path: PathValues): string => {
    const id = path.get("customerId");
    if (!customers.find(id)) throw new InvalidControl(`There is no customer ${id}.`, 404);
    return id;
  };
  return [
    route("GET", "/_sandbox/state", () => json(200, gladlyState(deps))),
    route("GET", "/_sandbox/deliveries", () => json(200, { deliveries: deliveries.list(), attempts: log.all() })),
    route("GET", "/_sandbox/events", () => json(200, events.all())),
    route("POST", "/_sandbox/conversations", (call) => {
      const record = open(deps, controlBody(call, NewConversation));
      return json(201, withChannel(record));
    }),
    route("POST", "/_sandbox/conversations/{conversationId}/messages", (call, path) => {
      const { id } = conversation(path);
      const { from, text, channel } = controlBody(call, NewMessage);
      conversations.write(id, from, text, channel);
      return json(200, withChannel(conversations.get(id)));
    }),
    route("POST", "/_sandbox/conversations/{conversationId}/close", (call, path) => {
      const record = conversation(path);
      return json(200, withChannel(conversations.closeBy(record.id, closer(deps, record, controlBody(call, Close)))));
    }),
    route("POST", "/_sandbox/conversations/{conversationId}/tasks", (_call, path) => {
      const { id: conversationId, customerId } = conversation(path);
      // Tasks are timeline items that Gladly's API does not serve: reading one answers 400.
      const item = deps.items.add({ conversationId, customerId, content: { type: "TASK" }, hidden: true });
      return json(201, { id: item.id });
    }),
    route("POST", "/_sandbox/customers", (call) =>
      json(201, showCustomer(addCustomer(deps, controlBody(call, NewCustomer)))),
    ),
    route("POST", "/_sandbox/customers/{customerId}", (call, path) => {
      const id = customer(path);
      const { name, emails, phones } = controlBody(call, CustomerChange);
      const change = {
        ...(name === undefined ? {} : { name: name ?? undefined }),
        ...(emails ? { emails } : {}),
        ...(phones ? { phones } : {}),
      };
      return json(200, showCustomer(customers.change(id, change)));
    }),
    route("POST", "/_sandbox/customers/{customerId}/erase", (_call, path) => {
      const id = customer(path);
      runErasure(deps, id, { id: "erasure-run", type: deps.settings().initiators.job });
      return empty(204);
    }),
    route("POST", "/_sandbox/customers/{customerId}/merge", (call, path) => {
      const { into } = controlBody(call, z.strictObject({ into: z.string() }));
      return json(200, showCustomer(mergeCustomers(deps, path.get("customerId"), into)));
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

/** All records, for tests. */
function gladlyState(deps: ControlDeps): Record<string, unknown> {
  const { topics, conversations, customers, items, directory, webhooks, log } = deps;
  return {
    url: deps.url(),
    webhooks: webhooks.list().map((record) => ({ ...showWebhook(record), log: log.shown(record.id, deps.now()) })),
    topics: topics.list(),
    conversations: conversations.list().map((record) => showWithChannel(deps, record)),
    customers: customers.list().map((customer) => ({
      ...showCustomer(customer),
      activities: items.activitiesOf(customer.id),
    })),
    agents: directory.listAgents(),
    inboxes: directory.listInboxes(),
  };
}

function showWithChannel({ settings }: ControlDeps, record: ConversationRecord): Record<string, unknown> {
  return { ...showConversation(record, settings()), channel: record.channel, replyOwed: record.replyOwed };
}

/** The initiator of a close. */
function closer(deps: ControlDeps, record: ConversationRecord, { by, agentId }: z.infer<typeof Close>): Initiator {
  const { rule, job } = deps.settings().initiators;
  switch (by) {
    case "agent": {
      const id = agentId ?? record.agentId;
      if (id !== undefined && deps.directory.agent(id)) return { id, type: "AGENT" };
      throw new InvalidControl(
        id === undefined
          ? `No agent is assigned to ${record.id}. Give the \`agentId\` that closes it, or close it \`by\` api, rule or job.`
          : `There is no agent ${id}.`,
      );
    }
    case "api":
      return API_USER;
    case "rule":
      return { id: "rule-Close-When-Quiet-1", type: rule };
    case "job":
      return { id: "job-Nightly-Close-0001", type: job };
    default:
      return by satisfies never;
  }
}

function open(deps: ControlDeps, input: z.infer<typeof NewConversation>): ConversationRecord {
  const { conversations, customers, directory, topics } = deps;
  if ((input.customerId === undefined) === (input.customer === undefined)) {
    throw new InvalidControl("A conversation needs either `customerId` or a new `customer` {name, email?}.");
  }
  const inbox = input.inboxId === undefined ? directory.listInboxes()[0] : directory.inbox(input.inboxId);
  if (inbox === undefined)
    throw new InvalidControl(
      input.inboxId === undefined ? "There is no inbox." : `There is no inbox ${input.inboxId}.`,
      404,
    );
  const agentId = input.agentId === undefined ? (inbox.agentIds[0] ?? null) : input.agentId;
  if (agentId !== null && !inbox.agentIds.includes(agentId)) {
    throw new InvalidControl(
      `Agent ${agentId} does not belong to inbox ${inbox.id}; its agents: ${inbox.agentIds.join(", ")}.`,
    );
  }
  const enabled = topics.list().find((topic) => !topic.disabled);
  const topicIds = input.topicIds ?? (enabled ? [enabled.id] : []);
  const unknown = topicIds.filter((topicId) => topics.find(topicId) === undefined);
  if (unknown.length > 0) throw new InvalidControl(`There is no topic ${unknown.join(", ")}.`, 404);
  if (input.id !== undefined && conversations.find(input.id)) {
    throw new InvalidControl(`Conversation ${input.id} already exists.`, 409);
  }
  const customerId = input.customer ? addCustomer(deps, input.customer).id : (input.customerId ?? "");
  if (customers.find(customerId) === undefined) throw new InvalidControl(`There is no customer ${customerId}.`, 404);
  const current = conversations.openOf(customerId);
  if (current !== undefined) {
    throw new InvalidControl(
      `Customer ${customerId} has the open conversation ${current.id}, and Gladly allows only one. Close it first.`,
      409,
    );
  }
  const { id, channel, message, replyOwed, startedBy, answeredBy } = input;
  if (startedBy === "agent" && agentId === null) {
    throw new InvalidControl("A conversation that an agent started needs an `agentId`.");
  }
  const inboxId = inbox.id;
  return conversations.open({
    ...{ id, customerId, inboxId, agentId, channel, topicIds, message },
    ...{ replyOwed: replyOwed && startedBy !== "agent", startedBy, answeredBy },
  });
}

function addCustomer({ customers }: ControlDeps, input: z.infer<typeof NewCustomer>) {
  if (input.id !== undefined && customers.find(input.id)) {
    throw new InvalidControl(`Customer ${input.id} already exists.`, 409);
  }
  const { id, name, email, phone } = input;
  return customers.add({
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    emails: input.emails ?? (email === undefined ? [] : [emailOf(email)]),
    phones: input.phones ?? (phone === undefined ? [] : [phoneOf(phone)]),
  });
}
