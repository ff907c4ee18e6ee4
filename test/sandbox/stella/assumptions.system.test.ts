/** Each assumption about Stella Connect that a switch changes. */
import {
  basic,
  type Client,
  CREDENTIALS,
  closeConversation,
  createWebhook,
  openConversation,
  Recorded,
  type Running,
  run,
  send,
  until,
} from "../support";

let running: Running;
let test_: Client;

beforeEach(async () => {
  running = await run();
  test_ = running.test;
});

const REQUEST = {
  channel: "email",
  customer: { name: "Ada", email: "ada@example.net" },
  employee: { email: "robin.roe@example.com" },
};
const assume = (assumptions: unknown) => test_.post("/_sandbox/settings", { assumptions });
const ask = async (change: unknown) => (await test_.post("/v1/requests", { ...REQUEST, ...Object(change) })).status;
const recorded = async () => (await test_.get("/_sandbox/requests")).as(Recorded);

test("the case of an employee's address matters only with that assumption", async () => {
  const shouted = { employee: { email: "ROBIN.ROE@example.com" } };
  expect(await ask(shouted)).toBe(200);
  await assume({ employeeEmailsAreCaseSensitive: true });
  expect(await ask(shouted)).toBe(400);
});

test.each([
  ["refused", 400, undefined],
  ["read", 200, "Not sent: do not send flag"],
  ["ignored", 200, "Sent"],
])("do_not_send as text is %s with that assumption", async (doNotSendAsText, status, deliveryStatus) => {
  await assume({ doNotSendAsText });
  expect(await ask({ do_not_send: "true" })).toBe(status);
  expect((await recorded()).at(-1)?.deliveryStatus).toBe(deliveryStatus);
});

test.each([
  ["connect", [200, 401]],
  ["stellaconnect", [401, 200]],
  ["any", [200, 200]],
])("the Basic user is %s with that assumption", async (basicUser, expected) => {
  await assume({ basicUser });
  const as = async (user: string) =>
    (
      await send(`${running.sandbox.stella.url}/v1/auth`, {
        method: "POST",
        headers: { authorization: basic(user, CREDENTIALS.stellaTestKey) },
        body: JSON.stringify(REQUEST),
      })
    ).status;
  expect([await as("connect"), await as("stellaconnect")]).toEqual(expected);
});

test.each([
  [{}, "email", "n/a", undefined],
  [{ webhookAddress: "usable" }, "email", "ada@example.net", undefined],
  [{ webhookChannels: { EMAIL: "mail" } }, "mail", "n/a", undefined],
  [{ doNotSendTopicMatch: "any-case" }, "email", "n/a", true],
])(
  "the request that Stella builds from a close follows the assumptions %j",
  async (assumptions, channel, email, doNotSend) => {
    await assume(assumptions);
    const url = `${running.sandbox.stella.url}/v1/webhooks/gladly`;
    await createWebhook(running.gladly, {
      url,
      credentials: { username: "connect", password: CREDENTIALS.stellaTestKey },
    });
    await running.gladly.post("/api/v1/topics", { id: "capital", name: "Do_Not_Send_Stella" });
    const customer = { name: "Ada", emails: ["n/a", "ada@example.net"] };
    await closeConversation(
      running.gladly,
      await openConversation(running.gladly, { customer, topicIds: ["capital"] }),
    );
    const request = await until("the request", async () => (await recorded())[0]?.request);
    expect(request).toMatchObject({ channel, customer: { email } });
    expect(request.do_not_send).toBe(doNotSend);
  },
);

test.each([
  [true, 1],
  [false, 0],
])("a conversation that is open again when Stella reads it is surveyed: %s", async (reopenedIsSurveyed, requests) => {
  await assume({ reopenedIsSurveyed, webhookAnswer: "after-look-up" });
  // The conversation is open when Stella reads it, although the event is a close.
  const conversationId = await openConversation(running.gladly, {
    customer: { name: "Ada", emails: ["ada@example.net"] },
  });
  const answer = await send(`${running.sandbox.stella.url}/v1/webhooks/gladly`, {
    method: "POST",
    headers: { authorization: basic("connect", CREDENTIALS.stellaTestKey) },
    body: JSON.stringify({
      ...{ id: "event-1", type: "CONVERSATION/CLOSED", timestamp: new Date().toISOString() },
      initiator: { id: "agent-Lena-Larsen-0001", type: "AGENT" },
      content: { conversationId, customerId: "any", context: { assignee: { inboxId: "any" } } },
    }),
  });
  expect(answer.status).toBe(200);
  expect(await recorded()).toHaveLength(requests);
});
