/** The relay between the sandbox's Gladly and Stella Connect, which were written independently of the relay. */
import { syncSurveyAnswers } from "../../../src/relay/feedback";
import { openLocalStores, systemClock } from "../../../src/relay/local/stores";
import { startSandbox } from "../../../src/sandbox/sandbox";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import { StellaReader } from "../../../src/vendors/stella/data";
import { Notes } from "../support/memory";
import { PASSWORD, PRODUCTION_KEY, TEST_KEY, TestRelay } from "../support/test-relay";
import { eventually } from "../support/wait";

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

const USER = "relay@example.com";
const TOKEN = "gladly-token-for-tests";
const API_SECRET = "stella-api-secret-for-tests";

let sandbox: Sandbox;
let home: TestRelay;
let gladly: GladlyClient;

beforeEach(async () => {
  sandbox = await startSandbox({
    credentials: {
      ...{ gladlyUser: USER, gladlyToken: TOKEN, stellaApiSecret: API_SECRET },
      ...{ stellaTestKey: TEST_KEY, stellaProductionKey: PRODUCTION_KEY },
    },
  });
  home = new TestRelay({ gladlyUrl: sandbox.gladly.url, stellaUrl: sandbox.stella.url });
  home.secret("stella-api-secret", API_SECRET);
  home.configure({
    surveyMode: "production",
    policy: { feedback: true },
    gladly: { url: sandbox.gladly.url, user: USER },
  });
  const { url } = await home.serve();
  gladly = new GladlyClient({ baseUrl: sandbox.gladly.url, user: USER, token: TOKEN });
  await control(sandbox.gladly.url, "settings", { rateLimit: { buckets: "off" }, topicsRequiredToClose: false });
  await gladly.createWebhook({
    ...{ name: "Send Stella Survey", url: `${url}/v1/webhooks/gladly`, events: ["CONVERSATION/CLOSED"], enabled: true },
    credentials: { username: "connect", password: PASSWORD },
  });
});

afterEach(async () => {
  await home.remove();
  await sandbox.close();
});

async function control(url: string, path: string, body?: unknown) {
  const response = await fetch(`${url}/_sandbox/${path}`, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: { "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return JSON.parse(await response.text());
}

async function close(conversation: Record<string, unknown>): Promise<string> {
  const { id } = await control(sandbox.gladly.url, "conversations", conversation);
  const authorization = `Basic ${Buffer.from(`${USER}:${TOKEN}`).toString("base64")}`;
  const response = await fetch(`${sandbox.gladly.url}/api/v1/conversations/${id}`, {
    method: "PATCH",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ status: { value: "CLOSED", force: true } }),
  });
  if (!response.ok) throw new Error(`closing: ${response.status} ${await response.text()}`);
  return id;
}

const ended = (conversation: string) =>
  eventually(
    () => home.explain(`conversation=${encodeURIComponent(conversation)}`),
    (list) => list[0]?.finishedAt !== undefined,
  );

test("a close in Gladly causes a survey to the customer, with the conversation's channel", async () => {
  const customer = { name: "Vera Vole", email: "vera.vole@example.net" };
  const id = await close({ customer, channel: "PHONE_CALL" });
  expect(await ended(id)).toMatchObject([{ state: "sent", reason: "eligible", surveyMode: "production" }]);
  expect(await control(sandbox.stella.url, "outbox")).toMatchObject([{ to: customer.email, extInteractionId: id }]);
  expect(await control(sandbox.stella.url, "requests")).toMatchObject([{ channel: "phone", decision: "accepted" }]);
});

test("a close is parked with Stella's message if the agent's profile is not approved, and a replay sends it after approval", async () => {
  const id = await close({ customer: { name: "Vera", email: "vera@example.net" }, agentId: "agent-Kim-Novice-00003" });
  const [parked] = await ended(id);
  expect(parked).toMatchObject({ state: "parked", reason: "refused-by-stella" });
  expect(parked?.detail).toMatch(/Employee profile not complete/);
});

test("an answer of Stella that the network lost is counted, and the request is sent again", async () => {
  await control(sandbox.stella.url, "faults", {
    effect: { kind: "cut", when: "after" },
    path: "/v1/requests",
    times: 1,
  });
  const id = await close({ customer: { name: "Vera", email: "vera@example.net" } });
  expect(await ended(id)).toMatchObject([{ state: "sent", lostAnswers: 1 }]);
  expect(await control(sandbox.stella.url, "requests")).toHaveLength(2);
});

/** The sync of survey answers and delivery statuses, with the relay's ledger. */
function looks() {
  const store = openLocalStores(home.path);
  const notes = new Notes();
  const bring = () =>
    syncSurveyAnswers({
      ...{ clock: systemClock, ledger: store.ledger, secrets: store.secrets, metrics: notes, log: notes.log },
      ...{
        configuration: store.configuration.read(),
        gladly,
        stella: new StellaReader({ baseUrl: sandbox.stella.url }),
      },
    });
  return { bring, notes, close: () => store.close() };
}

test.each([
  [{}, "Not sent: consumer unsubscribed"],
  [{ unsentRequestsInData: false }, undefined],
  [{ deliveryStatusInData: "null" }, undefined],
])("explain shows that Stella sent no survey if Stella's list says so: %j", async (assumptions, deliveryStatus) => {
  const store = looks();
  try {
    await control(sandbox.stella.url, "settings", { unsubscribed: ["vera@example.net"], assumptions });
    await store.bring();
    const id = await close({ customer: { name: "Vera", email: "vera@example.net" } });
    expect(await ended(id)).toMatchObject([{ state: "sent", reason: "eligible" }]);
    await store.bring();
    const [explained] = await home.explain(`conversation=${encodeURIComponent(id)}`);
    expect(explained?.deliveryStatus).toBe(deliveryStatus);
  } finally {
    store.close();
  }
});

test("a survey's answer is added to the customer's timeline once", async () => {
  const store = looks();
  const { bring } = store;
  try {
    await bring();
    const { id: customerId } = await control(sandbox.gladly.url, "customers", {
      name: "Vera",
      email: "vera@example.net",
    });
    await ended(await close({ customerId }));
    const [mail] = await control(sandbox.stella.url, "outbox");
    const answer = new URLSearchParams({ stars: "4", comment: "quick & kind" });
    expect((await fetch(mail.surveyUrl, { method: "POST", body: answer })).status).toBe(200);
    expect(await bring()).toMatchObject({ read: 1, posted: 1 });
    expect(await bring()).toMatchObject({ read: 1, posted: 0 });
    const { customers } = await control(sandbox.gladly.url, "state");
    const activities = JSON.stringify(
      customers.find((customer: { id: string }) => customer.id === customerId).activities,
    );
    expect(activities).toContain("Survey answered: 4 of 5");
    expect(activities).toContain("quick &amp; kind");
  } finally {
    store.close();
  }
});
