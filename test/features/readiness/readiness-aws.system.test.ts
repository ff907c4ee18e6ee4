/** Readiness of an environment on AWS, with AWS's clients and emulated SNS and DynamoDB. */
import { text } from "node:stream/consumers";
import type { AwsEnvironment } from "../../../src/environment";
import { EnvironmentSchema, isOnAws } from "../../../src/environment/schema";
import { lookAtAws } from "../../../src/features/readiness/gather-aws";
import { DynamoDbLedger } from "../../../src/relay/aws/dynamodb-ledger";
import { dynamoDbClient } from "../../../src/relay/aws/sdk-clients";
import { setPaused } from "../../../src/relay/pause";
import { readMark, writeMark } from "../../../src/relay/relay-time";
import { type Emulators, startEmulators } from "../../relay/aws/support/emulators";
import { createLedgerTable } from "../../relay/aws/support/resources";
import { loopback } from "../../support/loopback";
import { type SecretsManager, startSecretsManager } from "../secrets/support/secrets-manager";

const REGION = "us-east-1";
/** The account of the SNS emulator. */
const ACCOUNT = "000000000000";
const NOW = Date.parse("2026-11-22T10:00:00Z");
const MINUTE = 60_000;
const SECRETS = ["inbound", "probe", "gladly", "stella-test", "stella-production"];

let emulators: Emulators;
let secrets: SecretsManager;

beforeAll(async () => {
  emulators = await startEmulators();
  secrets = await startSecretsManager(...SECRETS.map((name) => `relay/rehearsal/${name}`));
  // The commands use the SDK's environment variables.
  Object.assign(process.env, {
    ...{ AWS_REGION: REGION, AWS_ACCESS_KEY_ID: "person", AWS_SECRET_ACCESS_KEY: "none" },
    AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${emulators.sqs}`,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${emulators.dynamoDb}`,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  });
});
afterAll(async () => {
  await secrets.close();
  await emulators.stop();
});

function environment(changed: object = {}): AwsEnvironment {
  const parsed = EnvironmentSchema.parse({
    ...{ name: "rehearsal", surveyMode: "test", delivery: "enrich" },
    gladly: { url: "https://example.gladly.qa", user: "api@example.com" },
    relay: {
      ...{ on: "aws", account: ACCOUNT, region: REGION, alarms: { email: "team@example.com" } },
      pipeline: { repository: "example/surveys" },
    },
    ...changed,
  });
  if (!isOnAws(parsed)) throw new Error("it is on AWS");
  return parsed;
}

/** ListSubscriptionsByTopic as AWS documents it, with one subscription per page, because the emulator confirms at once. */
function startTopics(subscriptions: Record<string, readonly { endpoint: string; arn: string }[]>) {
  return loopback(async (request, response) => {
    const asked = new URLSearchParams(await text(request));
    const all = subscriptions[asked.get("TopicArn")?.split(":").at(-1) ?? ""] ?? [];
    const page = Number(asked.get("NextToken") ?? 0);
    const { endpoint, arn } = all[page] ?? { endpoint: "", arn: "" };
    const next = page + 1 < all.length ? `<NextToken>${page + 1}</NextToken>` : "";
    const member = `<member><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
    const result = `<Subscriptions>${member}</Subscriptions>${next}`;
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(
      "<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult>" +
        `${result}</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`,
    );
  });
}

const look = (changed?: object) =>
  lookAtAws(environment(changed), { AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url }, NOW);

async function withLedger<T>(use: (ledger: DynamoDbLedger) => Promise<T>): Promise<T> {
  const client = dynamoDbClient(REGION);
  try {
    return await use(new DynamoDbLedger(client, "relay-rehearsal-ledger", { now: () => NOW }));
  } finally {
    client.destroy();
  }
}

const markAt = (at: number) =>
  withLedger(async (ledger) => {
    await writeMark(ledger, await readMark(ledger, undefined), { at, begin: at, since: at }, undefined);
  });

describe("readiness on AWS", () => {
  it("says before the first apply that there is no relay and no alarm subscription", async () => {
    const { relay, alarms } = await look();
    expect(relay?.working).toMatchObject({
      value: { ok: false, seen: expect.stringContaining("no relay on AWS yet") },
    });
    expect(alarms).toEqual({ known: true, value: [] });
  });

  it("shows from the ledger whether the relay works: never ran, runs, silent, paused", async () => {
    const client = dynamoDbClient(REGION);
    await createLedgerTable(client, "relay-rehearsal-ledger");
    client.destroy();
    const working = async () => {
      const { relay } = await look();
      return relay?.working.known ? relay.working.value : undefined;
    };
    expect(await working()).toMatchObject({ ok: false, seen: expect.stringContaining("never read") });
    await markAt(NOW - 7 * MINUTE);
    expect(await working()).toMatchObject({
      ok: true,
      seen: expect.stringContaining("up to 2026-11-22T09:53:00.000Z"),
    });
    await markAt(NOW - 18 * MINUTE);
    expect(await working()).toMatchObject({
      ok: false,
      seen: expect.stringContaining("since 2026-11-22T09:42:00.000Z"),
    });

    expect((await look()).relay?.paused).toEqual({ known: true, value: false });
    await withLedger((ledger) => setPaused(ledger, true));
    expect((await look()).relay?.paused).toEqual({ known: true, value: true });
  });

  it("shows which secrets have a value, without reading any", async () => {
    secrets.values.set("relay/rehearsal/gladly", "canary-value");
    secrets.values.delete("relay/rehearsal/stella-production");
    secrets.calls.length = 0;
    const found = (await look()).secrets;
    const states = found.known ? Object.fromEntries(found.value.map(({ name, state }) => [name, state])) : {};
    expect(states).toEqual({
      ...{ gladly: "present", inbound: "empty", probe: "empty", "stella-test": "empty" },
      "stella-production": "missing",
    });
    expect(secrets.calls.every((call) => call.startsWith("DescribeSecret "))).toBe(true);
    expect(JSON.stringify(found)).not.toContain("canary-value");
  });

  it("shows a deleted secret and how to restore it", async () => {
    secrets.values.set("relay/rehearsal/gladly", "value");
    secrets.deleted.add("relay/rehearsal/gladly");
    const found = (await look()).secrets;
    secrets.deleted.clear();
    expect(found.known && found.value.find(({ name }) => name === "gladly")).toEqual({
      name: "gladly",
      state: "deleted",
      remedy: expect.stringContaining("restore-secret --region us-east-1 --secret-id relay/rehearsal/gladly"),
    });
  });

  it("requires the secret for survey answers if they are synced", async () => {
    const { secrets: found } = await look({ policy: { feedback: true } });
    expect(found.known && found.value.map(({ name }) => name)).toContain("stella-api-secret");
  });

  it("lists unconfirmed alarm addresses from every page", async () => {
    const topics = await startTopics({
      // AWS returns this instead of the ARN until someone follows the link in its message.
      "relay-rehearsal-page": [
        { endpoint: "pager@example.com", arn: "PendingConfirmation" },
        { endpoint: "team@example.com", arn: "arn:aws:sns:us-east-1:000000000000:relay-rehearsal-page:1" },
      ],
      "relay-rehearsal-ticket": [{ endpoint: "team@example.com", arn: "Deleted" }],
    });
    const sns = process.env.AWS_ENDPOINT_URL_SNS;
    process.env.AWS_ENDPOINT_URL_SNS = topics.url;
    try {
      expect((await look()).alarms).toEqual({
        known: true,
        value: [
          { topic: "relay-rehearsal-page", address: "pager@example.com", confirmed: false },
          { topic: "relay-rehearsal-page", address: "team@example.com", confirmed: true },
          { topic: "relay-rehearsal-ticket", address: "team@example.com", confirmed: false },
        ],
      });
    } finally {
      process.env.AWS_ENDPOINT_URL_SNS = sns;
      await topics.close();
    }
  });

  it("checks nothing on AWS if Gladly posts to Stella itself", async () => {
    secrets.calls.length = 0;
    expect(await look({ delivery: "direct" })).toEqual({ secrets: { known: true, value: [] } });
    expect(secrets.calls).toEqual([]);
  });

  it("checks the secrets of a draining relay, but not its checks for missed closes", async () => {
    const { secrets: found, relay } = await look({ delivery: "direct", draining: "enrich" });
    expect(found).toMatchObject({ known: true, value: SECRETS.map(() => expect.anything()) });
    expect(relay).toBeUndefined();
  });

  it("reports not known with a remedy when AWS does not answer", async () => {
    const endpoints = { ...process.env };
    Object.assign(process.env, {
      ...{
        AWS_ENDPOINT_URL_SNS: "http://127.0.0.1:1",
        AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1",
        AWS_MAX_ATTEMPTS: "1",
      },
    });
    try {
      const { relay, alarms } = await look();
      for (const fact of [relay?.paused, relay?.working, alarms]) {
        expect(fact).toMatchObject({
          known: false,
          why: expect.stringContaining("AWS cannot be reached"),
          remedy: expect.stringMatching(/\S/),
        });
      }
    } finally {
      delete process.env.AWS_MAX_ATTEMPTS;
      Object.assign(process.env, endpoints);
    }
  });
});
