/** The secrets of a relay on AWS, over HTTP and with the test's clock. */
import { createHash } from "node:crypto";
import { INGEST, WATCHDOG, WORKER } from "../../../src/contract/functions";
import { VARIABLES } from "../../../src/contract/variables";
import { AwsSecrets } from "../../../src/relay/aws/aws-secrets";
import { readEnvironment } from "../../../src/relay/aws/environment";
import { SharedConfiguration } from "../../../src/relay/aws/shared-configuration";
import { TimeLeft } from "../../../src/relay/aws/time-left";
import { gladlyOf } from "../../../src/relay/aws/upstream-clients";
import { type Log, SecretUnreadable } from "../../../src/relay/ports";
import { Upstreams } from "../support/upstreams";
import { LocalAws } from "./support/local-aws";

let aws: LocalAws;
let upstreams: Upstreams;
let clock: { time: number; now(): number };
let logged: Parameters<Log>[];
let counted: string[];

beforeAll(async () => {
  aws = await LocalAws.start();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  upstreams = await Upstreams.start();
  clock = { time: 1_000_000, now: () => clock.time };
  logged = [];
  counted = [];
  aws.calls.length = 0;
  aws.secrets.clear();
});
afterEach(async () => {
  aws.fault = () => undefined;
  await upstreams.stop();
});

const sha256 = (password: string) => createHash("sha256").update(password).digest("hex");
const environmentOf = (requirements: Parameters<typeof readEnvironment>[0]) =>
  readEnvironment(
    requirements,
    {
      ...Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, name.toLowerCase()])),
      ...{ ...aws.variables(requirements.name), RELAY_SURVEY_MODE: "test", RELAY_RETRY_SCALE: "1" },
      RELAY_CONFIGURATION: JSON.stringify({
        ...{ version: 1, environment: "sandbox", delivery: "enrich", webhook: { username: "connect" } },
        ...{ gladly: { url: upstreams.gladlyUrl, user: "api@example.com" }, stella: { url: upstreams.stellaUrl } },
        doNotSendTopic: "do_not_send_stella",
      }),
    },
    SharedConfiguration,
  );
const secretsFor = (requirements: Parameters<typeof readEnvironment>[0], budget?: () => number) =>
  new AwsSecrets({
    environment: environmentOf(requirements),
    clock,
    metrics: { count: (name) => counted.push(name), observe: () => undefined },
    log: (...line) => logged.push(line),
    ...(budget === undefined ? {} : { budget }),
  });
const set = (name: string, value: unknown) => aws.secrets.set(name, JSON.stringify(value));

it("a new webhook password works at once, and wrong passwords cause at most six reads a minute", async () => {
  const secrets = secretsFor(INGEST);
  set("relay_inbound_secret", { verifiers: [{ id: "november", sha256: sha256("old") }] });
  const before = await secrets.webhookVerifiers();
  expect(before).toEqual([{ id: "november", sha256: Buffer.from(sha256("old"), "hex") }]);
  set("relay_inbound_secret", { verifiers: [{ id: "december", sha256: sha256("new") }] });
  expect(await secrets.webhookVerifiers(true)).toBe(before);
  clock.time += 10_000;
  expect(await secrets.webhookVerifiers()).toBe(before);
  expect((await secrets.webhookVerifiers(true))[0]?.id).toBe("december");
  aws.calls.length = 0;
  for (let second = 0; second < 60; second += 1) {
    clock.time += 1_000;
    await secrets.webhookVerifiers(true);
  }
  expect(aws.calls).toHaveLength(6);
});

it("a refused Stella key is read again with its mode, at most once a minute", async () => {
  const secrets = secretsFor(WORKER);
  set("relay_stella_secret", { apiKey: "k1", mode: "test" });
  expect(await secrets.stellaKey("test")).toEqual({ apiKey: "k1", mode: "test" });
  set("relay_stella_secret", { apiKey: "k2", mode: "production" });
  clock.time += 59_999;
  expect(await secrets.stellaKey("test", true)).toMatchObject({ apiKey: "k1" });
  clock.time += 1;
  expect(await secrets.stellaKey("test", true)).toEqual({ apiKey: "k2", mode: "production" });
});

it("a Gladly token that Gladly refused is read again for the next call", async () => {
  const secrets = secretsFor(WORKER);
  set("relay_gladly_secret", { token: "t1" });
  const gladly = gladlyOf(environmentOf(WORKER).configuration, secrets, new TimeLeft(), 0);
  await gladly.topics();
  set("relay_gladly_secret", { token: "t2" });
  clock.time += 60_000;
  await gladly.topics();
  expect(aws.calls).toHaveLength(1);
  upstreams.gladlyStatus = 401;
  await expect(gladly.topics()).rejects.toThrow("Gladly answered 401");
  expect(await secrets.gladlyToken()).toBe("t2");
  expect(aws.calls).toHaveLength(2);
});

it("an older copy is used while Secrets Manager is down, and a warning is logged and counted", async () => {
  const secrets = secretsFor(WATCHDOG);
  set("relay_probe_secret", { password: "p" });
  await secrets.probePassword();
  aws.fault = () => 500;
  clock.time += 300_000;
  expect(await secrets.probePassword()).toBe("p");
  expect(counted).toEqual(["SecretStale"]);
  expect(logged).toEqual([
    ["warn", "secret.stale", { secret: "relay_probe_secret", error: expect.stringContaining("Secrets Manager") }],
  ]);
});

it.each([
  ["does not exist", undefined, "relay secrets put"],
  ["is not JSON", "pass word", "it is not JSON"],
  [
    "has another shape",
    '{"verifiers":[{"id":"a","sha256":"plain-password"}]}',
    "verifiers.0.sha256: must be 64 hexadecimal",
  ],
  ["has no verifier", '{"verifiers":[]}', "must hold at least one verifier"],
])("the error for a secret that %s has the remedy but not the value", async (_case, text, expected) => {
  const secrets = secretsFor(INGEST);
  if (text !== undefined) aws.secrets.set("relay_inbound_secret", text);
  const failed = secrets.webhookVerifiers();
  await expect(failed).rejects.toThrow(SecretUnreadable);
  await expect(failed).rejects.toThrow(expected);
  await expect(failed).rejects.toThrow("relay secrets put");
  await expect(failed).rejects.not.toThrow(/pass word|plain-password/);
});

it("a function cannot request another function's secret", async () => {
  await expect(secretsFor(INGEST).gladlyToken()).rejects.toThrow("RELAY_GLADLY_SECRET is not a variable of the ingest");
  expect(aws.calls).toEqual([]);
});

it("a read ends within its time limit", async () => {
  aws.fault = () => "hang";
  await expect(secretsFor(INGEST, () => 30).webhookVerifiers()).rejects.toThrow("no answer in time");
});
