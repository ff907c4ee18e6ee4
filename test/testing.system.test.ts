import { startSandbox, type TestSandbox } from "../src/testing";
import { basic, Client, createWebhook, until } from "./sandbox/support";

let sandbox: TestSandbox;

beforeEach(async () => {
  // At the usual speed: 60 times as fast, Gladly would wait 250 ms for an answer, and on a busy machine deliver again.
  sandbox = await startSandbox();
});

afterEach(() => sandbox.close());

test("another project's test can open, close, and read the survey", async () => {
  const { gladlyUser, gladlyToken, stellaTestKey: password } = sandbox.credentials;
  const gladly = new Client(sandbox.gladlyUrl, { authorization: basic(gladlyUser, gladlyToken) });
  const url = `${sandbox.stellaUrl}/v1/webhooks/gladly`;
  await createWebhook(gladly, { url, credentials: { username: "connect", password } });
  const id = await sandbox.openConversation({ customer: { name: "Ada", email: "ada@example.net" } });
  await sandbox.closeConversation(id, { by: "rule" });
  const mail = await until("the survey", async () => (await sandbox.inbox())[0]);
  expect(mail).toMatchObject({ extInteractionId: id, customerEmail: "ada@example.net" });
  expect(await sandbox.outbox()).toEqual([]);
  expect((await sandbox.requests()).map(({ decision }) => decision)).toEqual(["accepted"]);
});

test("an unknown control is an error that lists the existing ones", async () => {
  await expect(sandbox.control("stella", "nothing")).rejects.toThrow("/_sandbox/requests");
  await sandbox.advance(60_000);
});
