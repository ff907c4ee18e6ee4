import * as z from "zod";
import { defaultScenario } from "../../src/sandbox/default-scenario";
import { parseScenario, startSandbox } from "../../src/sandbox/sandbox";
import { sendRaw } from "../relay/support/raw-requests";
import { CREDENTIALS, closeConversation, createWebhook, openConversation, Receiver, run, send } from "./support";

const Journal = z.array(z.looseObject({ number: z.number(), path: z.string(), status: z.number().optional() }));

test("the error for a port in use names the port and the remedy, and no server keeps running", async () => {
  const { sandbox } = await run();
  const port = Number(new URL(sandbox.stella.url).port);
  await expect(startSandbox({ credentials: CREDENTIALS, stellaPort: port })).rejects.toThrow(
    new RegExp(`127\\.0\\.0\\.1:${port}: the port is in use.*another port`),
  );
});

test("both servers listen only on loopback, and stop after close", async () => {
  const { sandbox } = await run();
  expect(new URL(sandbox.gladly.url).hostname).toBe("127.0.0.1");
  expect(new URL(sandbox.stella.url).hostname).toBe("127.0.0.1");
  const { gladly, stella } = { gladly: sandbox.gladly.url, stella: sandbox.stella.url };
  await sandbox.close();
  await expect(send(gladly)).rejects.toThrow();
  await expect(send(stella)).rejects.toThrow();
});

test("both servers keep a connection longer than `fetch` does, so that no request is lost on a closing one", async () => {
  const { sandbox } = await run();
  for (const url of [sandbox.gladly.url, sandbox.stella.url]) {
    const header = (await fetch(url)).headers.get("keep-alive") ?? "";
    expect(Number(/timeout=(\d+)/.exec(header)?.[1])).toBeGreaterThan(600);
  }
});

test("the controls show no secret", async () => {
  const { gladly, test: stella } = await run();
  const receiver = await Receiver.start();
  await createWebhook(gladly, {
    url: receiver.url,
    credentials: { username: "connect", password: "canary-webhook-password" },
    headers: { "X-Relay": "canary-header-value" },
  });
  await closeConversation(gladly, await openConversation(gladly));
  await stella.post("/v1/requests", { channel: "chat", tags: [CREDENTIALS.gladlyToken] });
  await stella.get("/v1/requests?key=canary-stella-production-key");
  const shown = await Promise.all([
    ...["state", "journal", "deliveries", "events", "settings"].map((name) => gladly.get(`/_sandbox/${name}`)),
    ...["journal", "settings", "employees"].map((name) => stella.get(`/_sandbox/${name}`)),
  ]);
  const text = shown.map((answer) => answer.text).join("\n");
  expect(text).toContain("Basic ***");
  const canaries = [
    CREDENTIALS.stellaTestKey,
    CREDENTIALS.stellaProductionKey,
    "canary-webhook-password",
    "canary-header-value",
  ];
  for (const canary of canaries) expect(text).not.toContain(canary);
});

test("the journal has every request of the API in order, and none of the controls", async () => {
  const { gladly } = await run();
  await gladly.get("/api/v1/agents");
  await gladly.get("/api/v1/nothing-like-it?a=b");
  await gladly.get("/_sandbox/state");
  const journal = (await gladly.get("/_sandbox/journal")).as(Journal);
  expect(journal.map(({ number, path, status }) => [number, path, status])).toEqual([
    [1, "/api/v1/agents", 200],
    [2, "/api/v1/nothing-like-it", 404],
  ]);
  expect((await gladly.get("/_sandbox/journal?after=1")).as(Journal)).toHaveLength(1);
});

test("a web page of another origin cannot use the controls, even with DNS rebinding", async () => {
  const { sandbox, gladly } = await run();
  const reset = `${sandbox.gladly.url}/_sandbox/reset`;
  const conversations = () => gladly.get("/_sandbox/state").then((answer) => answer.text.includes("Eve Example"));
  await openConversation(gladly);
  expect((await send(reset, { method: "POST", headers: { origin: "https://elsewhere.example.com" } })).status).toBe(
    403,
  );
  expect(await conversations()).toBe(true);
  // Other pages on this machine, such as the sandbox's Stella; a form without an origin; another scheme.
  const local = ["http://localhost:5173", sandbox.stella.url, "null", sandbox.gladly.url.replace("http", "https")];
  for (const origin of local) expect((await send(reset, { method: "POST", headers: { origin } })).status).toBe(403);
  const port = Number(new URL(sandbox.gladly.url).port);
  const raw = (lines: string) => sendRaw(port, Buffer.from(`${lines}\r\n\r\n`));
  for (const host of ["rebound.example.com", "rebound.example.com:80", "127.0.0.1:1", "localhost.example.com"]) {
    expect(await raw(`POST /_sandbox/reset HTTP/1.1\r\nhost: ${host}`)).toMatch(/^HTTP\/1.1 403 /);
  }
  expect(await raw(`POST http://rebound.example.com/_sandbox/reset HTTP/1.1\r\nhost: 127.0.0.1:${port}`)).toMatch(
    / 403 /,
  );
  const image = "sec-fetch-site: same-site\r\nsec-fetch-mode: no-cors";
  expect(await raw(`GET /_sandbox/state HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${image}`)).toMatch(/ 403 /);
  const link = "sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\nconnection: close";
  expect(await raw(`GET / HTTP/1.1\r\nhost: localhost:${port}\r\n${link}`)).toMatch(/ 200 /);
  expect(await conversations()).toBe(true);
  expect((await send(reset, { method: "POST", headers: { origin: sandbox.gladly.url } })).status).toBe(204);
  expect(await conversations()).toBe(false);
});

test("the answer for an unknown control lists the existing ones", async () => {
  const { gladly } = await run();
  const answer = await gladly.get("/_sandbox/stat");
  expect(answer.status).toBe(404);
  expect(answer.text).toContain("GET /_sandbox/state");
});

test("a misspelled setting is an error that names it", async () => {
  const { gladly, test: stella } = await run();
  const answer = await gladly.post("/_sandbox/settings", { webhookLimits: 3 });
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("webhookLimits")]);
  const merged = await stella.post("/_sandbox/settings", { channels: { chat: { integrated: false } } });
  const Channels = z.looseObject({ channels: z.record(z.string(), z.object({ integrated: z.boolean() })) });
  expect(merged.as(Channels).channels).toMatchObject({ chat: { integrated: false }, email: { integrated: true } });
});

test("the error for an invalid scenario lists every fault with its path", () => {
  const broken = {
    ...defaultScenario,
    agents: [{ id: "no spaces", name: "", emailAddress: "x", stellaProfile: "Fine" }],
  };
  expect(() => parseScenario(broken, "my.json")).toThrow(/my\.json/);
  for (const path of ["agents[0].id", "agents[0].name", "agents[0].emailAddress", "agents[0].stellaProfile"]) {
    expect(() => parseScenario(broken, "my.json")).toThrow(path);
  }
});

test("the default scenario has ids of Gladly's length, some with a leading dash", () => {
  const { agents, inboxes, teams, topics, customers, conversations } = defaultScenario;
  const ids = [agents, inboxes, teams, topics, customers, conversations].flatMap((list) => list.map(({ id }) => id));
  expect(ids.filter((id) => !/^[A-Za-z0-9_-]{22}$/.test(id))).toEqual([]);
  expect(ids.filter((id) => id.startsWith("-")).length).toBeGreaterThan(1);
});
