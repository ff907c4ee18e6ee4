import * as z from "zod";
import { Topic } from "../../../src/vendors/gladly/wire";
import { type Client, type Running, run } from "../support";

let running: Running;
let gladly: Client;

beforeEach(async () => {
  running = await run();
  gladly = running.gladly;
});

const read = async (id: string) => (await gladly.get(`/api/v1/topics/${id}`)).as(Topic);

test("a client can choose a topic's id, even one that must be escaped in a path", async () => {
  const answer = await gladly.post("/api/v1/topics", { id: "-own.id~1", name: "do_not_send_stella" });
  expect(answer.headers.get("location")).toBe("/api/v1/topics/-own.id~1");
  expect(await read("%2Down.id%7E1")).toMatchObject({ id: "-own.id~1", name: "do_not_send_stella", disabled: false });
});

test("a disabled topic keeps its name, and the error of a create has its id", async () => {
  const Taken = z.looseObject({ errors: z.array(z.looseObject({ meta: z.looseObject({ id: z.string() }) })) });
  const answer = await gladly.post("/api/v1/topics", { name: "Spring campaign" });
  expect(answer.status).toBe(409);
  const id = answer.as(Taken).errors[0]?.meta.id ?? "";
  expect((await gladly.patch(`/api/v1/topics/${id}`, { name: "Spring campaign", disabled: false })).status).toBe(204);
  expect(await read(id)).toMatchObject({ disabled: false });
});

test("an update without a parent keeps the parent, null moves the topic to the top", async () => {
  const id = "topic-Late-Parcel-0002";
  await gladly.patch(`/api/v1/topics/${id}`, { name: "Late" });
  expect(await read(id)).toMatchObject({ name: "Late", parentId: "-topic-Delivery-000001" });
  await gladly.patch(`/api/v1/topics/${id}`, { name: "Late", parentId: null });
  expect((await read(id)).parentId).toBeUndefined();
});

test("a topic cannot be below itself or below an unknown topic", async () => {
  const circular = { name: "Delivery", parentId: "topic-Late-Parcel-0002" };
  expect((await gladly.patch("/api/v1/topics/-topic-Delivery-000001", circular)).status).toBe(400);
  expect((await gladly.post("/api/v1/topics", { name: "Lost", parentId: "nothing" })).status).toBe(400);
});

test("there is no DELETE for a topic", async () => {
  const answer = await gladly.call("DELETE", "/api/v1/topics/topic-Refund-000000003");
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, PATCH"]);
  expect((await read("topic-Refund-000000003")).name).toBe("Refund");
});
