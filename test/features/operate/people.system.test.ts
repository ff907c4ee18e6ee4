/** The calls that people's commands make on AWS are exactly those that people's policies allow. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { SECRETS } from "../../../src/contract/secrets";
import { lookAtAws } from "../../../src/features/readiness/gather-aws";
import { secretsCommand } from "../../../src/features/secrets/command";
import { checkSecret } from "../../../src/features/secrets/secret-input";
import { DynamoDbLedger } from "../../../src/relay/aws/dynamodb-ledger";
import { dynamoDbClient, sqsClient } from "../../../src/relay/aws/sdk-clients";
import { SqsQueue } from "../../../src/relay/aws/sqs-queue";
import { wrap } from "../../../src/relay/envelope";
import { type Call, isAllowed, readPolicy } from "../../deploy/stacks/iam";
import { accountOf, attributes, environment, foundation, json, samples } from "../../deploy/stacks/samples";
import { type AwsCall, LocalAws, REGION } from "../../relay/aws/support/local-aws";
import { createLedgerTable, createQueue } from "../../relay/aws/support/resources";
import { closure, record } from "../../relay/contract/envelopes";
import { closeEvent } from "../../relay/support/test-relay";
import { loopback } from "../../support/loopback";
import { runRelay } from "../../support/relay";
import { project } from "../../support/scratch";
import { rememberingTerminal } from "../../support/terminal";
import { type SecretsManager, startSecretsManager } from "../secrets/support/secrets-manager";

const ACCOUNT = "111122223333";
const CONVERSATION = "conversation-of-a-customer";
const SECRET_NAMES = Object.values(SECRETS);
const PASSWORD = "canary-password-of-more-than-32-characters";

const people = json(foundation(accountOf("staging")));
const policyOf = (name: string) =>
  readPolicy(attributes(people, "aws_iam_policy", `${name}_staging`).policy).filter(({ Effect }) => Effect === "Allow");

let aws: LocalAws;
let secrets: SecretsManager;

beforeAll(async () => {
  aws = await LocalAws.start();
  secrets = await startSecretsManager(...SECRET_NAMES.map((name) => `relay/staging/${name}`));
  // The commands use the SDK's environment variables.
  Object.assign(process.env, aws.variables("person"), { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
});
afterAll(async () => {
  await secrets.close();
  await aws.stop();
});

/** The queues and the table of staging, and two events that are parked for different reasons. */
async function deployed(): Promise<void> {
  const sqs = sqsClient(REGION);
  const dynamoDb = dynamoDbClient(REGION);
  try {
    await createLedgerTable(dynamoDb, "relay-staging-ledger");
    const main = await createQueue(sqs, "relay-staging-main", 180);
    const parked = await createQueue(sqs, "relay-staging-dlq", 180);
    const queue = new SqsQueue(sqs, { main, parked });
    await queue.park(wrap("event-1", 0, Buffer.from("{}")), "refused-by-stella");
    await queue.park(wrap("event-2", 0, Buffer.from("{}")), "gave-up");
  } finally {
    sqs.destroy();
    dynamoDb.destroy();
  }
}

const relay = (...args: readonly string[]) => runRelay(args);

/** A call as IAM evaluates it: one permission for both send actions, and the resource's ARN. */
function asIam({ action, resource, item }: AwsCall): Call {
  const [service = ""] = action.split(":");
  const name = resource.split("/").at(-1) ?? "";
  return {
    action: action.replace(/(?<=SendMessage|ChangeMessageVisibility)Batch$/, ""),
    resource: `arn:aws:${service}:us-east-1:${ACCOUNT}:${service === "dynamodb" ? `table/${name}` : name}`,
    ...(item === undefined ? {} : { context: { "dynamodb:LeadingKeys": item } }),
  };
}

const asText = ({ action, resource }: Call) => `${action} on ${resource}`;
/** AWS adds random characters to a secret's ARN, which a policy cannot know. */
const asGrant = (made: Call) => asText(made).replace(/-a1B2c3$/, "-??????");

function asSecretCall(call: string): Call {
  const [action, name] = call.split(" ");
  const resource = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${name}-a1B2c3`;
  return { action: `secretsmanager:${action}`, resource };
}

/** The part of SNS that readiness reads: no topic has a subscription. */
async function startTopics() {
  const calls: Call[] = [];
  const server = await loopback(async (request, response) => {
    const asked = new URLSearchParams(await text(request));
    calls.push({ action: `sns:${asked.get("Action")}`, resource: asked.get("TopicArn") ?? "" });
    const nobody = "<ListSubscriptionsByTopicResult><Subscriptions/></ListSubscriptionsByTopicResult>";
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(`<ListSubscriptionsByTopicResponse>${nobody}</ListSubscriptionsByTopicResponse>`);
  });
  return { ...server, calls };
}

const unique = (lines: readonly string[]) => [...new Set(lines)].sort();
const grants = (policy: ReturnType<typeof readPolicy>) =>
  unique(
    policy.flatMap(({ Action, Resource = [] }) =>
      Action.flatMap((action) => Resource.map((resource) => asText({ action, resource }))),
    ),
  );

describe("the operator's policy", () => {
  const policy = policyOf("operator");
  let made: readonly Call[];

  beforeAll(async () => {
    await deployed();
    aws.calls.length = 0;
    const here = ["--environment", "staging"] as const;
    expect(await relay("pause", ...here)).toMatchObject({ code: 0, out: expect.stringContaining("is paused") });
    const whilePaused = await relay("explain", CONVERSATION, ...here);
    expect(whilePaused.err).toContain("The relay is paused, so accepted events wait in the queue");
    const resumed = await relay("resume", ...here);
    expect(resumed).toMatchObject({
      code: 0,
      out: expect.stringContaining("stored during the pause within 10 minutes"),
    });
    expect(await relay("replay", "--reason", "gave-up", ...here)).toMatchObject({
      code: 0,
      out: "1 event parked as gave-up went back into the queue.\n",
    });
    const unknown = await relay("explain", CONVERSATION, ...here);
    expect(unknown.code).toBe(1);
    // On AWS the watchdog reconciles, and `relay reconcile` refuses.
    expect(unknown.err).not.toContain("reconcile");
    await stuck();
    expect(await relay("replay", "--release", "stuck", ...here)).toMatchObject({
      code: 0,
      out: expect.stringContaining("a copy from the ledger"),
    });
    made = aws.calls.filter(({ caller }) => caller === "person").map(asIam);
    made = [...made, ...(await readiness())];
  });

  /** Adds a close to the ledger as a killed worker leaves it. */
  async function stuck(): Promise<void> {
    const client = dynamoDbClient(REGION);
    const caller = aws.calls.length;
    const ledger = new DynamoDbLedger(client, "relay-staging-ledger", { now: () => Date.now() });
    const close = closure("event-stuck", { state: "working" });
    await ledger.saveConversation({ ...record("conversation#stuck", close), conversationId: "stuck" }, undefined);
    client.destroy();
    aws.calls.length = caller;
  }

  /** The AWS calls of `relay readiness`. Its other calls go to Gladly and Stella. */
  async function readiness(): Promise<readonly Call[]> {
    const topics = await startTopics();
    process.env.AWS_ENDPOINT_URL_SNS = topics.url;
    secrets.calls.length = 0;
    const whole = environment("staging", { policy: { feedback: true } });
    const seen = await lookAtAws(whole, { AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url }, Date.now());
    await topics.close();
    expect(seen).toMatchObject({
      secrets: { known: true },
      relay: { paused: { known: true } },
      alarms: { known: true },
    });
    return [...topics.calls, ...secrets.calls.map(asSecretCall)];
  }

  it("allows every call that pause, resume, replay, explain and readiness make", () => {
    expect(made.filter((call) => !isAllowed(call, policy)).map(asText)).toEqual([]);
  });

  it("allows nothing else, except the watchdog that `relay reconcile` says to wake", async () => {
    const { code, err } = await relay("reconcile", "--environment", "staging");
    expect(code).toBe(1);
    const [, watchdog] = z.array(z.string()).parse(/--function-name (\S+)/.exec(err));
    expect(grants(policy)).toEqual(
      unique([
        ...made.map(asGrant),
        `lambda:InvokeFunction on arn:aws:lambda:us-east-1:${ACCOUNT}:function:${watchdog}`,
      ]),
    );
  });
});

describe("the policy for erasures that docs/aws.md shows", () => {
  const shown = /^```json\n([\s\S]*?)^```$/m.exec(readFileSync(join(project, "docs/aws.md"), "utf8"))?.[1] ?? "";
  const policy = readPolicy(shown.replaceAll("production", "staging"));
  let made: readonly Call[];

  beforeAll(async () => {
    const sqs = sqsClient(REGION);
    const main = await createQueue(sqs, "relay-staging-main", 180);
    const queue = new SqsQueue(sqs, { main, parked: await createQueue(sqs, "relay-staging-dlq", 180) });
    for (const id of ["theirs", "other"]) {
      await queue.send([wrap(id, 0, Buffer.from(closeEvent(id)))]);
      await queue.park(wrap(`${id}-parked`, 0, Buffer.from(closeEvent(id))), "gave-up");
    }
    const dynamoDb = dynamoDbClient(REGION);
    const ledger = new DynamoDbLedger(dynamoDb, "relay-staging-ledger", { now: () => Date.now() });
    await ledger.saveConversation(record("conversation#theirs"), undefined);
    await ledger.enqueued.add([wrap("theirs", 0, Buffer.from(closeEvent("theirs")))]);
    sqs.destroy();
    dynamoDb.destroy();
    aws.calls.length = 0;
    expect(await relay("erase", "customer-theirs", "--environment", "staging")).toMatchObject({
      code: 0,
      out: expect.stringContaining("2 deleted"),
    });
    made = aws.calls.filter(({ caller }) => caller === "person").map(asIam);
  });

  it("allows every call that erase makes", () => {
    expect(made.filter((call) => !isAllowed(call, policy)).map(asText)).toEqual([]);
  });

  it("allows nothing else", () => {
    expect(grants(policy)).toEqual(unique(made.map(asGrant)));
  });
});

describe("the secrets admin's policy", () => {
  const policy = policyOf("secrets_admin");
  let made: readonly Call[];

  beforeAll(async () => {
    secrets.calls.length = 0;
    // Survey answers are synced, which needs one more secret.
    const environments = mkdtempSync(join(tmpdir(), "people-"));
    const whole = { ...samples.staging, policy: { feedback: true } };
    writeFileSync(join(environments, "staging.ts"), `export default ${JSON.stringify(whole)};\n`);
    const env = { AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url, RELAY_ENVIRONMENTS: environments };
    const run = async (positionals: readonly string[], value: string, values = {}) => {
      const terminal = rememberingTerminal(env);
      await secretsCommand(async () => checkSecret(value)).run({ positionals, values }, terminal, []);
    };
    for (const name of SECRET_NAMES) await run(["put", "staging", name], PASSWORD, { id: "first", replace: true });
    await run(["rotate", "staging"], `${PASSWORD}-new`, { id: "second" });
    await run(["rotate", "staging"], "", { retire: "first" });
    await run(["status", "staging"], "");
    rmSync(environments, { recursive: true });
    made = secrets.calls.map(asSecretCall);
  });

  it("allows every call that put, rotate and status make", () => {
    expect(made.filter((call) => !isAllowed(call, policy)).map(asText)).toEqual([]);
  });

  it("allows nothing else", () => {
    expect(grants(policy)).toEqual(unique(made.map(asGrant)));
  });
});
