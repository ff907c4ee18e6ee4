import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { decide, decisionPolicy } from "../../src/relay/decide";
import type { CloseEvent } from "../../src/relay/envelope";
import { LookUp } from "../../src/relay/look-up";
import type { Agent, Conversation, ConversationItem, Customer } from "../../src/vendors/gladly/wire";
import { TestClock } from "./support/memory";
import { configuration, NOON } from "./support/records";

let reads: string[];
let conversation: Conversation | undefined;
let customer: Customer | undefined;
let items: readonly ConversationItem[];
let limited: boolean;
let agents: readonly Agent[];
let lookUp: LookUp;

beforeEach(() => {
  reads = [];
  limited = false;
  conversation = { id: "c1", customerId: "customer-1", inboxId: "inbox-1", status: "CLOSED", topicIds: ["t1", "t2"] };
  customer = {
    id: "customer-1",
    name: "Pat",
    emails: [{ original: "a@example.net" }, { original: "b@example.net", primary: true }],
  };
  items = [
    { id: "1", initiator: { type: "CUSTOMER" }, content: { type: "EMAIL" } },
    { id: "2", initiator: { type: "AGENT" }, content: { type: "PHONE_CALL" } },
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
      conversationItems: () => read("items", { items, limited }),
      agent: (id) => read(`agent ${id}`, undefined),
      topic: (id) => read(`topic ${id}`, undefined),
      inbox: (id) => read(`inbox ${id}`, undefined),
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
const facts = async (channel?: string, policy: NonNullable<RelayConfigurationInput["policy"]> = {}, of = close) => {
  const found = await lookUp.facts(of, channel, decisionPolicy(configuration({ policy })));
  if (found === undefined) throw new Error("with enrich Gladly is always read");
  return found;
};
/** The reads of Gladly with `forward`. */
const forwarding = async (policy: NonNullable<RelayConfigurationInput["policy"]>, of: CloseEvent = close) => {
  reads = [];
  const found = await lookUp.facts(of, undefined, decisionPolicy(configuration({ delivery: "forward", policy })));
  return { found, reads };
};

test("a look-up returns topics, agent, the customer's address and the channel that the customer used", async () => {
  expect(await facts()).toEqual({
    conversation: {
      ...{ status: "CLOSED", closedAt: undefined, inbox: undefined, channel: "EMAIL" },
      messages: { channel: "EMAIL", byAgent: true, startedByAgent: false },
      topics: [
        { id: "t1", name: "Billing" },
        { id: "t2", name: "do_not_send_stella" },
      ],
    },
    customer: { id: "customer-1", name: "Pat", address: { email: "b@example.net", isFirst: true } },
    agent: { id: "agent-1", known: true, email: "robin@example.com", refused: false },
  });
});

test("a record that Gladly does not list is read alone, and then reported as unknown", async () => {
  conversation = { id: "c1", customerId: "customer-1", status: "CLOSED", topicIds: ["new"], agentId: "new" };
  const found = await facts("SMS", {}, { ...close, agentId: "new" });
  expect(found.conversation?.topics).toEqual([{ id: "new", name: undefined }]);
  expect(found.agent).toEqual({ id: "new", known: false });
  expect(reads).toEqual(["conversation", "topics", "topic new", "agents", "agent new"]);
});

test("with forward Gladly is read only if the policy needs data that the event does not have", async () => {
  expect((await forwarding({})).reads).toEqual([]);
  expect((await forwarding({ bots: ["agent-7"] })).reads).toEqual([]);
  expect((await forwarding({ exclude: { closedBy: ["API"] } })).reads).toEqual([]);
  expect((await forwarding({ bots: ["agent-7"] }, { ...close, agentId: undefined })).reads).toEqual(["conversation"]);
  expect((await forwarding({ bots: ["bot@example.com"] })).reads).toEqual(["conversation", "agents"]);
  expect((await forwarding({ exclude: { inboxes: ["Sales"] } })).reads).toEqual(["conversation", "inboxes"]);
  expect((await forwarding({ exclude: { topics: ["Spam"] } })).reads).toEqual(["conversation", "topics"]);
  expect((await forwarding({ delay: 5 })).reads).toEqual(["conversation", "items"]);
});

test.each(["OPEN", "RESOLVED"])("with forward the policy applies to every status: %s", async (status) => {
  conversation = { id: "c1", customerId: "customer-1", status, agentId: "agent-1" };
  items = [{ id: "1", timestamp: "2026-03-01T11:00:00Z", initiator: { type: "CUSTOMER" }, content: { type: "SMS" } }];
  const decided = async (policy: NonNullable<RelayConfigurationInput["policy"]>) => {
    const whole = decisionPolicy(configuration({ delivery: "forward", policy }));
    return decide({ close: nobody, gladly: await lookUp.facts(nobody, undefined, whole) }, whole);
  };
  expect(await decided({ exclude: { withoutAgentMessage: true } })).toMatchObject({ reason: "no-agent-message" });
  expect(await decided({ exclude: { customerSilentDays: 1 } })).toMatchObject({ kind: "send" });
  expect(await decided({ bots: ["robin@example.com"] })).toMatchObject({ reason: "agent-is-bot" });
  expect(await decided({ bots: ["agent-1"] })).toMatchObject({ reason: "agent-is-bot" });
});

test("Stella's refusals of profiles are looked up by the agent's address", async () => {
  const refused = async (email: string) => email === "robin@example.com";
  const found = await lookUp.facts(close, "SMS", decisionPolicy(configuration()), refused);
  expect(found?.agent).toMatchObject({ refused: true });
});

test("for a conversation whose newest items are cut off, nothing is concluded from the items", async () => {
  limited = true;
  items = [{ id: "1", timestamp: "2026-03-01T11:00:00Z", initiator: { type: "CUSTOMER" }, content: { type: "SMS" } }];
  const { conversation: found } = await facts(undefined, { delay: 1, exclude: { withoutAgentMessage: true } });
  expect(found).toMatchObject({ channel: undefined });
  expect(found?.messages).toEqual({ startedByAgent: false });
});

test("with warm caches it needs two reads when the channel is known, otherwise three", async () => {
  await facts();
  reads = [];
  await facts("SMS");
  expect(reads.sort()).toEqual(["conversation", "customer"]);
  reads = [];
  await facts();
  expect(reads.sort()).toEqual(["conversation", "customer", "items"]);
});

test("a conversation that is open again, gone, or without an agent needs no further reads", async () => {
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

test("without an agent in the event, the conversation's agent is used", async () => {
  conversation = { id: "c1", customerId: "customer-1", status: "CLOSED", agentId: "agent-1" };
  expect((await facts(undefined, {}, nobody)).agent).toMatchObject({ id: "agent-1", email: "robin@example.com" });
});

test("a known channel from an event is used, an unknown one is looked up", async () => {
  expect((await facts("WHATSAPP")).conversation?.channel).toBe("WHATSAPP");
  expect((await facts("SMOKE_SIGNALS")).conversation?.channel).toBe("EMAIL");
  items = [{ id: "1", content: { type: "CONVERSATION_NOTE" } }];
  expect((await facts()).conversation?.channel).toBeUndefined();
});

test("the inbox is looked up only if it becomes a tag", async () => {
  expect((await facts("SMS", { tags: ["inbox"] })).conversation?.inbox?.name).toBe("Support");
  expect(reads).toContain("inboxes");
});

test("the first valid address is used, the primary before others, as written or as Gladly normalized it", async () => {
  const addressOf = async (...emails: NonNullable<Customer["emails"]>) => {
    customer = { id: "customer-1", emails };
    return (await facts()).customer?.address;
  };
  const first = (email: string) => ({ email, isFirst: true });
  const other = (email: string) => ({ email, isFirst: false });
  expect(await addressOf({ original: "a@example.net" }, { original: "b@example.net" })).toEqual(first("a@example.net"));
  expect(await addressOf({ original: "none" }, { original: " good@example.net " })).toEqual(other("good@example.net"));
  expect(await addressOf({ original: " good@example.net " })).toEqual(other("good@example.net"));
  expect(await addressOf({ original: "Pat <p@x>", normalized: "p@example.net" })).toEqual(other("p@example.net"));
  expect(await addressOf({ original: "a@example.net" }, { original: "b@example.net", primary: true })).toEqual(
    first("b@example.net"),
  );
  expect(await addressOf({ original: "a@example.net" }, { original: "nothing", primary: true })).toEqual(
    other("a@example.net"),
  );
  expect(await addressOf({ original: "nothing" }, { original: "a b@example.net" })).toBe("unusable");
  expect(await addressOf({ original: "" })).toBe("none");
  customer = { id: "customer-1", emails: null };
  expect((await facts()).customer?.address).toBe("none");
  customer = undefined;
  expect((await facts()).customer).toBeUndefined();
});
