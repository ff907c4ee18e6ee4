/** Drives for records that the API writes (customers, tasks, notes, freeform topics, replies) and for their events. */
import * as z from "zod";
import { type Answered, type Client, openConversation } from "../support";
import type { Drive, DriveContext } from "./drives";

const AGENT = "agent-Robin-Roe-000001";
const INBOX = "inbox-Support-00000001";
const CUSTOMER = "customer-Ada-Adams-001";
const SURVEY = { type: "CUSTOMER_ACTIVITY", activityType: "SURVEY", title: "4 of 5" };
const COMMENT = { agentId: AGENT, comment: "Done." };

const Conversation = z.object({ id: z.string(), customerId: z.string() });
const Items = z.array(z.object({ id: z.string() }));

const firstId = (items: Answered) => items.as(Items)[0]?.id ?? "";
const idOf = (answer: Answered) => answer.headers.get("location")?.split("/").pop() ?? "";
const task = () => ({
  body: "Call back.",
  dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  assignee: { inboxId: INBOX },
});

async function newCustomer({ gladly, unique }: DriveContext): Promise<string> {
  const id = `customer-${unique()}`;
  await gladly.post("/_sandbox/customers", { id, name: "Somebody New" });
  return id;
}

async function newTask({ gladly }: DriveContext): Promise<string> {
  return idOf(await gladly.post(`/api/v1/customers/${CUSTOMER}/tasks`, task()));
}

async function newActivity({ gladly, unique }: DriveContext): Promise<string> {
  const id = `activity-${unique()}`;
  await gladly.post(`/api/v1/customers/${CUSTOMER}/conversation-items`, { id, content: SURVEY });
  return id;
}

/** The customer's first message in a new conversation. */
async function newMessage(gladly: Client): Promise<string> {
  const items = await gladly.get(`/api/v1/conversations/${await openConversation(gladly)}/items`);
  return firstId(items);
}

async function newNote({ gladly }: DriveContext): Promise<{ readonly conversationId: string; readonly id: string }> {
  const conversationId = await openConversation(gladly);
  const answer = await gladly.post(`/api/v1/conversations/${conversationId}/notes`, { body: "Look at this." });
  return { conversationId, id: idOf(answer) };
}

const attributes =
  (path: string, body: unknown): Drive =>
  async ({ gladly }) => {
    const opened = await gladly.get(`/api/v1/conversations/${await openConversation(gladly)}`);
    const { id, customerId } = opened.as(Conversation);
    const actual = path.replace("{conversation}", id).replace("{customer}", customerId);
    return gladly.post(`/api/v1/customer-history/${actual}/custom-attributes`, body);
  };
const ADDED = { add: [{ key: "ORDER_ID", value: "1000423" }] };

export const writtenDrives: Readonly<Record<string, Drive>> = {
  "addNoteToConversation 201": async ({ gladly }) =>
    gladly.post(`/api/v1/conversations/${await openConversation(gladly)}/notes`, { body: "Look at this." }),
  "addNoteToConversation 400": async ({ gladly }) =>
    gladly.post(`/api/v1/conversations/${await openConversation(gladly)}/notes`, {}),
  "addNoteToConversation 404": ({ gladly }) => gladly.post("/api/v1/conversations/nothing/notes", { body: "Look." }),
  "getNoteFromConversation 200": async (context) => {
    const { conversationId, id } = await newNote(context);
    return context.gladly.get(`/api/v1/conversations/${conversationId}/notes/${id}`);
  },
  "getNoteFromConversation 404": async ({ gladly }) =>
    gladly.get(`/api/v1/conversations/${await openConversation(gladly)}/notes/nothing`),
  "changeConversationCustomAttributes 204": attributes("{customer}/conversations/{conversation}", ADDED),
  "changeConversationCustomAttributes 400": attributes("{customer}/conversations/{conversation}", {}),
  "changeConversationCustomAttributes 404": attributes("nothing/conversations/{conversation}", ADDED),

  "deleteItem 204": async (context) =>
    context.gladly.call("DELETE", `/api/v1/conversation-items/${await newActivity(context)}`),
  "deleteItem 400": async ({ gladly }) =>
    gladly.call("DELETE", `/api/v1/conversation-items/${await newMessage(gladly)}`),
  "deleteItem 404": ({ gladly }) => gladly.call("DELETE", "/api/v1/conversation-items/nothing"),
  "deleteCustomerItem 204": async (context) =>
    context.gladly.call("DELETE", `/api/v1/customers/${CUSTOMER}/conversation-items/${await newActivity(context)}`),
  "deleteCustomerItem 400": async (context) => {
    const { gladly } = context;
    const id = await newCustomer(context);
    const opened = await gladly.post("/_sandbox/conversations", { customerId: id });
    const items = await gladly.get(`/api/v1/conversations/${opened.as(Conversation).id}/items`);
    return gladly.call("DELETE", `/api/v1/customers/${id}/conversation-items/${firstId(items)}`);
  },
  "deleteCustomerItem 404": async (context) =>
    context.gladly.call("DELETE", `/api/v1/customers/nothing/conversation-items/${await newActivity(context)}`),
  "redactContent 201": async ({ gladly }) =>
    gladly.call("POST", `/api/v1/conversation-items/${await newMessage(gladly)}/redact`),
  "redactContent 400": async (context) =>
    context.gladly.call("POST", `/api/v1/conversation-items/${await newActivity(context)}/redact`),
  "redactContent 404": ({ gladly }) => gladly.call("POST", "/api/v1/conversation-items/nothing/redact"),
  "replyToMessage 201": async ({ gladly }) =>
    gladly.post(`/api/v1/conversation-items/${await newMessage(gladly)}/reply`, {
      content: { type: "EMAIL", body: "It is on its way." },
    }),
  "replyToMessage 400": async ({ gladly }) =>
    gladly.post(`/api/v1/conversation-items/${await newMessage(gladly)}/reply`, { content: { type: "EMAIL" } }),
  "replyToMessage 404": ({ gladly }) =>
    gladly.post("/api/v1/conversation-items/nothing/reply", { content: { type: "EMAIL", body: "Hello." } }),

  "createCustomer 201": ({ gladly, unique }) =>
    gladly.post("/api/v1/customer-profiles", {
      name: "Pat Doe",
      emails: [{ original: `pat.${unique()}@example.net`, primary: true }],
    }),
  "createCustomer 400": ({ gladly }) =>
    gladly.post("/api/v1/customer-profiles", { emails: [{ original: "not an address" }] }),
  "createCustomer 409": ({ gladly }) => gladly.post("/api/v1/customer-profiles", { id: CUSTOMER }),
  "updateCustomer 204": async (context) =>
    context.gladly.patch(`/api/v1/customer-profiles/${await newCustomer(context)}`, { name: "Pat Doe" }),
  "updateCustomer 400": async (context) =>
    context.gladly.patch(`/api/v1/customer-profiles/${await newCustomer(context)}`, { name: 7 }),
  "updateCustomer 404": ({ gladly }) => gladly.patch("/api/v1/customer-profiles/nothing", { name: "Pat Doe" }),
  "updateCustomer 409": async (context) =>
    context.gladly.patch(`/api/v1/customer-profiles/${await newCustomer(context)}`, {
      emails: [{ original: "ada.adams@example.net" }],
    }),
  "deleteCustomer 204": async (context) =>
    context.gladly.call("DELETE", `/api/v1/customer-profiles/${await newCustomer(context)}`),
  "deleteCustomer 400": async (context) => {
    const id = await newCustomer(context);
    await context.gladly.post("/_sandbox/conversations", { customerId: id });
    return context.gladly.call("DELETE", `/api/v1/customer-profiles/${id}`);
  },
  "deleteCustomer 404": ({ gladly }) => gladly.call("DELETE", "/api/v1/customer-profiles/nothing"),

  "getTasks 200": async (context) => {
    await newTask(context);
    return context.gladly.get(`/api/v1/customers/${CUSTOMER}/tasks?status=OPEN`);
  },
  "getTasks 400": ({ gladly }) => gladly.get(`/api/v1/customers/${CUSTOMER}/tasks?status=LATE`),
  "getTasks 404": ({ gladly }) => gladly.get("/api/v1/customers/nothing/tasks"),
  "createTask 201": ({ gladly }) => gladly.post(`/api/v1/customers/${CUSTOMER}/tasks`, task()),
  "createTask 400": ({ gladly }) => gladly.post(`/api/v1/customers/${CUSTOMER}/tasks`, { body: "Call back." }),
  "createTask 404": ({ gladly }) => gladly.post("/api/v1/customers/nothing/tasks", task()),
  "createTask 409": async (context) =>
    context.gladly.post(`/api/v1/customers/${CUSTOMER}/tasks`, { ...task(), id: await newTask(context) }),
  "createTaskAndCustomer 201": ({ gladly }) =>
    gladly.post("/api/v1/tasks", { ...task(), customer: { emailAddress: "ada.adams@example.net" } }),
  "createTaskAndCustomer 400": ({ gladly }) => gladly.post("/api/v1/tasks", task()),
  "createTaskAndCustomer 409": async (context) =>
    context.gladly.post("/api/v1/tasks", {
      ...{ ...task(), id: await newTask(context) },
      customer: { emailAddress: "ada.adams@example.net" },
    }),
  "getTask 200": async (context) => context.gladly.get(`/api/v1/tasks/${await newTask(context)}`),
  "getTask 404": ({ gladly }) => gladly.get("/api/v1/tasks/nothing"),
  "updateTask 204": async (context) =>
    context.gladly.patch(`/api/v1/tasks/${await newTask(context)}`, { status: "CLOSED" }),
  "updateTask 400": async (context) =>
    context.gladly.patch(`/api/v1/tasks/${await newTask(context)}`, { status: "LATE" }),
  "updateTask 404": ({ gladly }) => gladly.patch("/api/v1/tasks/nothing", { status: "CLOSED" }),
  "getTaskComments 200": async (context) => {
    const id = await newTask(context);
    await context.gladly.post(`/api/v1/tasks/${id}/comments`, COMMENT);
    return context.gladly.get(`/api/v1/tasks/${id}/comments`);
  },
  "getTaskComments 404": ({ gladly }) => gladly.get("/api/v1/tasks/nothing/comments"),
  "createTaskComment 201": async (context) =>
    context.gladly.post(`/api/v1/tasks/${await newTask(context)}/comments`, COMMENT),
  "createTaskComment 400": async (context) =>
    context.gladly.post(`/api/v1/tasks/${await newTask(context)}/comments`, { agentId: AGENT }),
  "createTaskComment 404": ({ gladly }) => gladly.post("/api/v1/tasks/nothing/comments", COMMENT),
  "getTaskComment 200": async (context) => {
    const id = await newTask(context);
    const comment = idOf(await context.gladly.post(`/api/v1/tasks/${id}/comments`, COMMENT));
    return context.gladly.get(`/api/v1/tasks/${id}/comments/${comment}`);
  },
  "getTaskComment 404": async (context) =>
    context.gladly.get(`/api/v1/tasks/${await newTask(context)}/comments/nothing`),

  "getEvents 200": ({ gladly }) =>
    gladly.get(`/api/v1/events?startAt=${new Date(Date.now() - 3_600_000).toISOString()}&entities=TASK`),
  "getEvents 400": ({ gladly }) => gladly.get("/api/v1/events?startAt=2020-01-01T00:00:00Z&entities=TASK"),
  "getOrganization 200": ({ gladly }) => gladly.get("/api/v1/organization"),
};
