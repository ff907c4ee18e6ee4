import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { decisionPolicy } from "../../src/relay/decide";
import type { CloseEvent } from "../../src/relay/envelope";
import { LookUp } from "../../src/relay/look-up";
import type { Agent, Conversation, ConversationItem, Customer } from "../../src/vendors/gladly/wire";
import { TestClock } from "./support/memory";
import { configuration, NOON } from "./support/records";

let reads: string[];
let conversation: Conversation | undefined;
let customer: Customer | undefined;
let items: readonly ConversationItem[];
let agents: readonly Agent[];
let lookUp: LookUp;

beforeEach(() => {
  reads = [];
  conversation = { id: "c1", customerId: "customer-1", inboxId: "inbox-1", status: "CLOSED", topicIds: ["t1", "t2"] };
  customer = {
    id: "customer-1",
    name: "Pat",
    emails: [{ original: "a@example.net" }, { original: "b@example.net", primary: true }],
  };
  items = [
    { id: "1", content: { type: "PHONE_CALL" } },
    { id: "2", content: { type: "EMAIL" } },
    { id: "3", content: { type: "CONVERSATION_STATUS_CHANGE" } },
  ];
  agents = [{ id: "agent-1", emailAddress: "robin@example.com" }];
  const read = async <T>(name: string, value: T): Promise<T> => {
    reads.push(name);
    return value;
  };
  const topics = [
    { id: "t1", name: "Billing", disabled: false },
    { id: "t2", name: "do_not_send_stella", disabled: false },
  ];
  lookUp = new LookUp(
    {
      conversation: () => read("conversation", conversation),
      conversationItems: () => read("items", items),
      customer: () => read("customer", customer),
      agents: () => read("agents", agents),
      topics: () => read("topics", topics),
      inboxes: () => read("inboxes", [{ id: "inbox-1", name: "Support" }]),
    },
    new TestClock(),
  );
});

const close: CloseEvent = {
  ...{
    kind: "close",
    eventId: "e1",
    conversationId: "c1",
    customerId: "customer-1",
    agentId: "agent-1",
    closedBy: { id: "agent-1", type: "AGENT" },
    closedAt: NOON,
  },
};
const nobody = { ...close, agentId: undefined };
const facts = (channel?: string, policy: NonNullable<RelayConfigurationInput["policy"]> = {}, of = close) =>
  lookUp.facts(of, channel, decisionPolicy(configuration({ policy })));

test("a close is told with its topics' names, its agent, its customer's primary address and its last channel", async () => {
  expect(await facts()).toEqual({
    conversation: {
      ...{ status: "CLOSED", closedAt: undefined, inbox: undefined, channel: "EMAIL" },
      topics: ["Billing", "do_not_send_stella"],
    },
    customer: { id: "customer-1", name: "Pat", email: "b@example.net" },
    agent: { id: "agent-1", email: "robin@example.com" },
  });
});

test("with warm caches it costs two reads when the channel is known, three when it is not", async () => {
  await facts();
  reads = [];
  await facts("SMS");
  expect(reads.sort()).toEqual(["conversation", "customer"]);
  reads = [];
  await facts();
  expect(reads.sort()).toEqual(["conversation", "customer", "items"]);
});

test("a conversation that is open again, gone, or without an agent costs nothing more", async () => {
  await facts();
  conversation = { id: "c1", customerId: "customer-1", status: "OPEN" };
  reads = [];
  expect((await facts()).conversation?.status).toBe("OPEN");
  conversation = undefined;
  expect((await facts()).conversation).toBeUndefined();
  conversation = { id: "c1", customerId: "customer-1", status: "CLOSED" };
  expect((await facts(undefined, {}, nobody)).agent).toBeUndefined();
  expect(reads).toEqual(["conversation", "conversation", "conversation"]);
});

test("without an agent in the event the conversation's own is taken", async () => {
  conversation = { id: "c1", customerId: "customer-1", status: "CLOSED", agentId: "agent-1" };
  expect((await facts(undefined, {}, nobody)).agent).toEqual({ id: "agent-1", email: "robin@example.com" });
});

test("a channel that an event told is taken; a name that is not known is looked up", async () => {
  expect((await facts("WHATSAPP")).conversation?.channel).toBe("WHATSAPP");
  expect((await facts("SMOKE_SIGNALS")).conversation?.channel).toBe("EMAIL");
  items = [{ id: "1", content: { type: "CONVERSATION_NOTE" } }];
  expect((await facts()).conversation?.channel).toBeUndefined();
});

test("the inbox is looked up only where it becomes a tag", async () => {
  expect((await facts("SMS", { tags: ["inbox"] })).conversation?.inbox).toBe("Support");
  expect(reads).toContain("inboxes");
});

test("a customer without a primary address has the first, and one without any has none", async () => {
  customer = { id: "customer-1", emails: [{ original: "first@example.net" }, { original: "second@example.net" }] };
  expect((await facts()).customer?.email).toBe("first@example.net");
  customer = { id: "customer-1", emails: null };
  expect((await facts()).customer?.email).toBeUndefined();
  customer = undefined;
  expect((await facts()).customer).toBeUndefined();
});
