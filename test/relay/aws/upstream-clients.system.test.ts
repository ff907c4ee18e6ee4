import { TimeLeft } from "../../../src/relay/aws/time-left";
import { gladlyOf, SURVEY_REQUEST_MS, stellaOf } from "../../../src/relay/aws/upstream-clients";
import { Upstreams } from "../support/upstreams";

let upstreams: Upstreams;
let clock: { time: number };
let time: TimeLeft;

beforeEach(async () => {
  upstreams = await Upstreams.start();
  clock = { time: 0 };
  time = new TimeLeft(() => clock.time);
  time.begin({ getRemainingTimeInMillis: () => 30_000 });
});
afterEach(() => upstreams.stop());

it("the time left decreases with the clock, starts again with each invocation, and is never negative", () => {
  expect(time.without(10_000)).toBe(20_000);
  clock.time = 25_000;
  expect(time.without(10_000)).toBe(0);
  time.begin({ getRemainingTimeInMillis: () => 30_000 });
  expect(time.without(10_000)).toBe(20_000);
});

it("a survey request is sent only with enough time to record its answer", async () => {
  const stella = stellaOf({ stella: { url: upstreams.stellaUrl } }, time);
  clock.time = 30_000 - SURVEY_REQUEST_MS - 1;
  expect(await stella.request("key", { channel: "chat" })).toMatchObject({ kind: "accepted" });
  clock.time += 1;
  expect(await stella.request("key", { channel: "chat" })).toMatchObject({ kind: "unavailable" });
  expect(await stella.forward("key", "{}")).toMatchObject({ kind: "unavailable" });
  expect(upstreams.received).toHaveLength(1);
});

it("a call to Gladly ends at its time limit, so that the event is retried later", async () => {
  const gladly = { url: upstreams.gladlyUrl, user: "api@example.com", requestsPerSecond: 10 };
  const secrets = { gladlyToken: async () => "token", doubtGladlyToken: () => undefined };
  const client = gladlyOf({ gladly }, secrets, time, SURVEY_REQUEST_MS);
  expect(await client.topics()).toHaveLength(2);
  clock.time = 30_000 - SURVEY_REQUEST_MS;
  await expect(client.topics()).rejects.toMatchObject({ name: "GladlyUnreachable" });
});
