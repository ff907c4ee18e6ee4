/** The page of a served relay: what it shows, what it must not show, and who may replay. */
import type { Browser } from "playwright-core";
import { LOOKS, openIn, overflow, violations } from "../../page/axe";
import { describeInChromium, launch } from "../../page/browser";
import { type ConnectedRelay, connectRelay } from "../../sandbox/page/relay";
import { closeConversation, openConversation, type Running, run, send, until } from "../../sandbox/support";

let running: Running;
let relay: ConnectedRelay;

beforeAll(async () => {
  running = await run();
  relay = await connectRelay(running);
  const { gladly, test: stella } = running;
  await closeConversation(gladly, "_conversation-Ada-0001");
  await closeConversation(gladly, "conversation-Cleo-0003");
  await stella.post("/_sandbox/settings", { channels: { chat: { enabled: false } } });
  await closeConversation(gladly, "conversation-Ben-00002");
  await closeConversation(gladly, await openConversation(gladly, { agentId: null }));
  await until("everything to be worked on", async () => {
    const { text } = await page();
    return text.includes("refused-by-stella") && text.includes("eligible") && text.includes("no-agent") && text;
  });
});

afterAll(async () => {
  await relay.close();
  await running.sandbox.close();
});

const page = (query = "") => send(`${relay.operationsUrl}/${query}`);
const closesOf = (text: string) => text.slice(text.indexOf('id="closes-title"'));

test("it shows the result and reason of each close, and parked closes with the meaning of the reason", async () => {
  const { status, headers, text } = await page();
  expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const words of ["_conversation-Ada-0001", "every condition for a survey was met", "no agent was assigned"]) {
    expect(closesOf(text)).toContain(words);
  }
  expect(text).toContain("Stella refused the request permanently");
  expect(text).toContain('<span class="mode test">test</span>');
});

test("it shows only ids of customers, and no secret", async () => {
  const { text } = await page();
  for (const secret of ["Ada Adams", "example.net", "example.com", "+1650", "parcel", "canary-"]) {
    expect(text).not.toContain(secret);
  }
});

test("the filter and the search by conversation narrow the list", async () => {
  expect(closesOf((await page("?state=skipped")).text)).not.toContain("_conversation-Ada-0001");
  const found = closesOf((await page("?conversation=conversation-Cleo-0003")).text);
  expect(found).toContain("no-customer-email");
  expect(found).not.toContain("_conversation-Ada-0001");
  expect((await page("?conversation=%3Cimg%3E")).text).not.toContain("<img>");
});

test("only its own page and programs on this machine may replay, and only for a known reason", async () => {
  const replay = (headers: Readonly<Record<string, string>>, reason = "refused-by-stella") =>
    send(`${relay.operationsUrl}/replay`, { method: "POST", headers, body: new URLSearchParams({ reason }) });
  for (const origin of ["http://localhost:1", "null", running.sandbox.gladly.url]) {
    expect((await replay({ origin })).status).toBe(403);
  }
  expect((await replay({ origin: relay.operationsUrl }, "whatever")).status).toBe(400);
  const done = await replay({ origin: relay.operationsUrl });
  expect([done.status, done.headers.get("location")]).toEqual([303, "/?replayed=1"]);
  expect((await page("?replayed=1")).text).toContain("1 events went back into the queue.");
  expect((await send(relay.operationsUrl, { headers: { "sec-fetch-site": "same-site" } })).status).toBe(403);
});

describeInChromium("in Chromium", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(() => browser.close());

  test.each(LOOKS)("it breaks no accessibility rule at $width pixels, $scheme", async (look) => {
    const [shown, context] = await openIn(browser, look, relay.operationsUrl);
    expect(await violations(shown)).toEqual([]);
    expect(await overflow(shown)).toBeLessThanOrEqual(0);
    if (process.env.SHOTS)
      await shown.screenshot({ path: `${process.env.SHOTS}/relay-${look.width}-${look.scheme}.png` });
    await context.close();
  });
});
