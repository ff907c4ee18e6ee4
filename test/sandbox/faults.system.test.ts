import * as z from "zod";
import { type Client, closeConversation, openConversation, type Running, run, until } from "./support";

let running: Running;
let gladly: Client;

beforeAll(async () => {
  running = await run();
  gladly = running.gladly;
});

afterEach(() => gladly.call("DELETE", "/_sandbox/faults"));
const fault = (body: unknown) => gladly.post("/_sandbox/faults", body);
const statusOf = async (id: string) =>
  (await gladly.get(`/api/v1/conversations/${id}`)).as(z.looseObject({ status: z.string() })).status;

test("a status fault hits requests of its method and path as often as configured, and no control", async () => {
  await fault({
    effect: { kind: "status", status: 503, headers: { "retry-after": "7" } },
    method: "get",
    path: "/api/v1/topics",
    times: 2,
  });
  const first = await gladly.get("/api/v1/topics");
  expect([first.status, first.headers.get("retry-after")]).toEqual([503, "7"]);
  expect((await gladly.get("/api/v1/agents")).status).toBe(200);
  expect((await gladly.post("/api/v1/topics", { name: "Untouched" })).status).toBe(201);
  expect((await gladly.get("/_sandbox/state")).status).toBe(200);
  expect((await gladly.get("/api/v1/topics/topic-Refund-000000003")).status).toBe(503);
  expect((await gladly.get("/api/v1/topics")).status).toBe(200);
});

test("a connection cut before the request takes effect changes nothing, a cut afterwards does", async () => {
  const id = await openConversation(gladly);
  await fault({ effect: { kind: "cut", when: "before" }, times: 1 });
  await expect(closeConversation(gladly, id)).rejects.toThrow(/fetch failed/);
  expect(await statusOf(id)).toBe("OPEN");
  await fault({ effect: { kind: "cut", when: "after" }, times: 1 });
  await expect(closeConversation(gladly, id)).rejects.toThrow(/fetch failed/);
  expect(await statusOf(id)).toBe("CLOSED");
});

test("a wrong status can hide that the request took effect", async () => {
  const id = await openConversation(gladly);
  await fault({ effect: { kind: "status", status: 500, when: "after" }, times: 1 });
  await expect(closeConversation(gladly, id)).rejects.toThrow(/500/);
  expect(await statusOf(id)).toBe("CLOSED");
});

test("a fault with a duration ends by the sandbox's clock", async () => {
  await gladly.post("/_sandbox/clock", { freeze: true });
  await fault({ effect: { kind: "status", status: 502 }, forMilliseconds: 60_000 });
  await gladly.post("/_sandbox/clock", { advance: 59_000 });
  expect((await gladly.get("/api/v1/agents")).status).toBe(502);
  await gladly.post("/_sandbox/clock", { advance: 1000 });
  expect((await gladly.get("/api/v1/agents")).status).toBe(200);
  await gladly.post("/_sandbox/clock", { freeze: false });
});

test("latency delays an answer until the clock has moved forward", async () => {
  await gladly.post("/_sandbox/clock", { freeze: true });
  await fault({ effect: { kind: "latency", milliseconds: 30_000 }, times: 1 });
  let answered = false;
  const answer = gladly.get("/api/v1/agents").then(({ status }) => {
    answered = true;
    return status;
  });
  const struck = z.array(z.looseObject({ strikes: z.number() }));
  await gladly.get("/api/v1/agents/nothing");
  await until("the slow request", async () => (await gladly.get("/_sandbox/faults")).as(struck).length === 0);
  expect(answered).toBe(false);
  await gladly.post("/_sandbox/clock", { advance: 30_000, freeze: false });
  expect(await answer).toBe(200);
});

test("a share hits about that part of the requests, and the same ones in every run", async () => {
  const draw = async () => {
    await fault({ effect: { kind: "status", status: 500 }, share: 0.3 });
    const statuses: number[] = [];
    for (let index = 0; index < 100; index += 1) statuses.push((await gladly.get("/api/v1/agents")).status);
    await gladly.call("DELETE", "/_sandbox/faults");
    return statuses;
  };
  const first = await draw();
  const struck = first.filter((status) => status === 500).length;
  expect(struck).toBeGreaterThan(15);
  expect(struck).toBeLessThan(45);
  expect(await draw()).toEqual(first);
});

test("an invalid fault is refused with the reason", async () => {
  const answer = await fault({ effect: { kind: "status", status: 99 } });
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("status")]);
});
