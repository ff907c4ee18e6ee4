/** The request that causes each documented answer, by its key in the description. */
import { type Answered, type Client, createWebhook, openConversation, type Receiver } from "../support";
import { writtenDrives } from "./written-drives";

export interface DriveContext {
  readonly gladly: Client;
  readonly receiver: Receiver;
  /** A number that no other drive gets, for unique names and addresses. */
  readonly unique: () => number;
}

export type Drive = (context: DriveContext) => Promise<Answered>;

const AGENT = "agent-Robin-Roe-000001";
const INBOX = "inbox-Support-00000001";
const CUSTOMER = "customer-Ada-Adams-001";
const TOPIC = "topic-Refund-000000003";
const SURVEY = { type: "CUSTOMER_ACTIVITY", activityType: "SURVEY", title: "4 of 5" };

const webhookUrl = ({ receiver, unique }: DriveContext) => `${receiver.url}?${unique()}`;
/** With secrets, so that the tests find an answer that contains one. */
const newWebhook = (context: DriveContext, enabled = false) =>
  createWebhook(context.gladly, {
    url: webhookUrl(context),
    enabled,
    credentials: { username: "gladly", password: "not-a-real-password" },
    headers: { "X-Relay-Key": "not-a-real-key" },
  });
const named = ({ unique }: DriveContext) => ({ name: `Topic ${unique()}` });

async function newTopic(context: DriveContext, body: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const answer = await context.gladly.post("/api/v1/topics", { ...named(context), ...body });
  return answer.headers.get("location")?.split("/").pop() ?? "";
}

/** Merges a new customer into Ada. */
async function mergedCustomer({ gladly, unique }: DriveContext): Promise<string> {
  const id = `merged-customer-${unique()}`;
  await gladly.post("/_sandbox/customers", { id, name: "Twice There" });
  await gladly.post(`/_sandbox/customers/${id}/merge`, { into: CUSTOMER });
  return id;
}

const patchConversation =
  (opened: Readonly<Record<string, unknown>>, change: unknown): Drive =>
  async ({ gladly }) =>
    gladly.patch(`/api/v1/conversations/${await openConversation(gladly, opened)}`, change);

const get =
  (path: string): Drive =>
  ({ gladly }) =>
    gladly.get(path);

export const drives: Readonly<Record<string, Drive>> = {
  ...writtenDrives,
  "getWebhooks 200": async (context) => {
    await newWebhook(context);
    return context.gladly.get("/api/v1/webhooks");
  },
  "createWebhook 201": (context) =>
    context.gladly.post("/api/v1/webhooks", {
      name: "Survey relay",
      url: webhookUrl(context),
      events: ["CONVERSATION/CLOSED"],
      enabled: true,
      credentials: { username: "gladly", password: "not-a-real-password", realm: "relay" },
      headers: { "X-Relay-Key": "not-a-real-key" },
    }),
  "createWebhook 400": ({ gladly }) => gladly.post("/api/v1/webhooks", { name: "no url" }),
  "getWebhook 200": async (context) => context.gladly.get(`/api/v1/webhooks/${await newWebhook(context, true)}`),
  "getWebhook 404": get("/api/v1/webhooks/nothing"),
  "updateWebhook 204": async (context) =>
    context.gladly.patch(`/api/v1/webhooks/${await newWebhook(context)}`, { name: "Another name" }),
  "updateWebhook 400": async (context) =>
    context.gladly.patch(`/api/v1/webhooks/${await newWebhook(context)}`, { url: "not an address" }),
  "updateWebhook 404": ({ gladly }) => gladly.patch("/api/v1/webhooks/nothing", { enabled: false }),
  "deleteWebhook 204": async (context) =>
    context.gladly.call("DELETE", `/api/v1/webhooks/${await newWebhook(context)}`),
  "deleteWebhook 400": async (context) =>
    context.gladly.call("DELETE", `/api/v1/webhooks/${await newWebhook(context, true)}`),
  "deleteWebhook 404": ({ gladly }) => gladly.call("DELETE", "/api/v1/webhooks/nothing"),

  "getTopics 200": get("/api/v1/topics"),
  "addTopic 201": (context) => context.gladly.post("/api/v1/topics", named(context)),
  "addTopic 400 bad id": (context) => context.gladly.post("/api/v1/topics", { id: "white space", ...named(context) }),
  "addTopic 400 no name": ({ gladly }) => gladly.post("/api/v1/topics", { disabled: false }),
  "addTopic 409 id used": (context) => context.gladly.post("/api/v1/topics", { id: TOPIC, ...named(context) }),
  "addTopic 409 name used": ({ gladly }) => gladly.post("/api/v1/topics", { name: "Refund" }),
  "getTopic 200": async (context) =>
    context.gladly.get(`/api/v1/topics/${await newTopic(context, { parentId: TOPIC })}`),
  "getTopic 404": get("/api/v1/topics/nothing"),
  "updateTopic 204": async (context) =>
    context.gladly.patch(`/api/v1/topics/${await newTopic(context)}`, { ...named(context), disabled: true }),
  "updateTopic 400 no name": async (context) =>
    context.gladly.patch(`/api/v1/topics/${await newTopic(context)}`, { disabled: true }),
  "updateTopic 404": (context) => context.gladly.patch("/api/v1/topics/nothing", named(context)),
  "updateTopic 409 name used": async (context) =>
    context.gladly.patch(`/api/v1/topics/${await newTopic(context)}`, { name: "Refund" }),

  "getConversation 200": async ({ gladly }) => gladly.get(`/api/v1/conversations/${await openConversation(gladly)}`),
  "getConversation 404": get("/api/v1/conversations/nothing"),
  "patchConversation 204": patchConversation(
    {},
    { assignee: { inboxId: INBOX, agentId: AGENT }, status: { value: "CLOSED", force: true } },
  ),
  "patchConversation 400 blank fields": patchConversation({}, { assignee: { agentId: AGENT }, status: {} }),
  "patchConversation 400 agent not in inbox": patchConversation(
    {},
    { assignee: { inboxId: "inbox-Claims-000000002", agentId: AGENT } },
  ),
  "patchConversation 400 reassigning a closed conversation": async ({ gladly }) => {
    const path = `/api/v1/conversations/${await openConversation(gladly)}`;
    await gladly.patch(path, { status: { value: "CLOSED" } });
    return gladly.patch(path, { assignee: { inboxId: INBOX, agentId: null } });
  },
  "patchConversation 400 topics missing": patchConversation({ topicIds: [] }, { status: { value: "CLOSED" } }),
  "patchConversation 400 reply owed": patchConversation({ replyOwed: true }, { status: { value: "CLOSED" } }),
  "patchConversation 404": ({ gladly }) =>
    gladly.patch("/api/v1/conversations/nothing", { status: { value: "CLOSED" } }),
  "getConversationItems 200": async ({ gladly }) => {
    const id = await openConversation(gladly, { channel: "PHONE_CALL" });
    await gladly.post(`/api/v1/conversations/${id}/topics`, { topicIds: [TOPIC] });
    await gladly.patch(`/api/v1/conversations/${id}`, { status: { value: "CLOSED" } });
    return gladly.get(`/api/v1/conversations/${id}/items`);
  },
  "getConversationItems 404": get("/api/v1/conversations/nothing/items"),
  "addTopicToConversation 204": async ({ gladly }) =>
    gladly.post(`/api/v1/conversations/${await openConversation(gladly)}/topics`, { topicIds: [TOPIC] }),
  "addTopicToConversation 400": async ({ gladly }) =>
    gladly.post(`/api/v1/conversations/${await openConversation(gladly)}/topics`, { topicIds: ["nothing"] }),
  "addTopicToConversation 404": ({ gladly }) =>
    gladly.post("/api/v1/conversations/nothing/topics", { topicIds: [TOPIC] }),
  "deleteTopicFromConversation 204": async ({ gladly }) => {
    const id = await openConversation(gladly, { topicIds: [TOPIC] });
    return gladly.call("DELETE", `/api/v1/conversations/${id}/topics/${TOPIC}`);
  },
  "deleteTopicFromConversation 404": ({ gladly }) =>
    gladly.call("DELETE", `/api/v1/conversations/nothing/topics/${TOPIC}`),
  "getConversations 200": get(`/api/v1/customers/${CUSTOMER}/conversations`),

  "getItem 200": async (context) => {
    const id = `item-${context.unique()}`;
    await context.gladly.post(`/api/v1/customers/${CUSTOMER}/conversation-items`, { id, content: SURVEY });
    return context.gladly.get(`/api/v1/conversation-items/${id}`);
  },
  "getItem 400": async ({ gladly }) => {
    const task = await gladly.post(`/_sandbox/conversations/${await openConversation(gladly)}/tasks`);
    return gladly.get(`/api/v1/conversation-items/${/"id":"([^"]+)"/.exec(task.text)?.[1]}`);
  },
  "getItem 404": get("/api/v1/conversation-items/nothing"),
  "createItem 200": ({ gladly, unique }) =>
    gladly.post("/api/v1/conversation-items", {
      id: `survey-${unique()}`,
      customer: { emailAddress: "somebody.new@example.net" },
      content: { ...SURVEY, body: "Quick answer.", occurredAt: new Date().toISOString() },
    }),
  "createItem 400": ({ gladly }) =>
    gladly.post("/api/v1/conversation-items", {
      customer: { emailAddress: "a@example.net", mobilePhone: "+16505550123" },
      content: { type: "EMAIL" },
    }),
  "createItem 409": async ({ gladly, unique }) => {
    const item = { id: `survey-${unique()}`, customer: { emailAddress: "ada.adams@example.net" }, content: SURVEY };
    await gladly.post("/api/v1/conversation-items", item);
    return gladly.post("/api/v1/conversation-items", item);
  },
  "createCustomerItem 200": ({ gladly }) =>
    gladly.post(`/api/v1/customers/${CUSTOMER}/conversation-items`, { content: SURVEY }),
  "createCustomerItem 301": async (context) =>
    context.gladly.post(`/api/v1/customers/${await mergedCustomer(context)}/conversation-items`, { content: SURVEY }),
  "createCustomerItem 400": ({ gladly }) =>
    gladly.post(`/api/v1/customers/${CUSTOMER}/conversation-items`, { content: { type: "CUSTOMER_ACTIVITY" } }),
  "createCustomerItem 404": ({ gladly }) =>
    gladly.post("/api/v1/customers/nothing/conversation-items", { content: SURVEY }),
  "createCustomerItem 409": async ({ gladly, unique }) => {
    const item = { id: `survey-${unique()}`, content: SURVEY };
    await gladly.post(`/api/v1/customers/${CUSTOMER}/conversation-items`, item);
    return gladly.post(`/api/v1/customers/${CUSTOMER}/conversation-items`, item);
  },

  "findCustomers 200": get("/api/v1/customer-profiles?email=ada.adams%40example.net"),
  "findCustomers 400": get("/api/v1/customer-profiles?email=a%40example.net&phoneNumber=%2B16505550123"),
  "getCustomer 200": get(`/api/v1/customer-profiles/${CUSTOMER}`),
  "getCustomer 301": async (context) =>
    context.gladly.get(`/api/v1/customer-profiles/${await mergedCustomer(context)}`),
  "getCustomer 404": get("/api/v1/customer-profiles/nothing"),
  "getAgents 200": get("/api/v1/agents"),
  "getAgent 200": get(`/api/v1/agents/${AGENT}`),
  "getInboxes 200": get("/api/v1/inboxes"),
  "getInbox 200": get(`/api/v1/inboxes/${INBOX}`),
  "getTeams 200": get("/api/v1/teams"),
  "getTeam 200": get("/api/v1/teams/team-Everybody-0000001"),
};
