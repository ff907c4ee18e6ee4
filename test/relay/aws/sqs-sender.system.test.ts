import { INGEST } from "../../../src/contract/functions";
import type { FunctionEnvironment } from "../../../src/relay/aws/environment";
import { readEnvironment } from "../../../src/relay/aws/environment";
import { SharedConfiguration } from "../../../src/relay/aws/shared-configuration";
import { SqsSender } from "../../../src/relay/aws/sqs-sender";
import { type Loopback, loopback } from "../../support/loopback";
import { envelope } from "../contract/envelopes";

let server: Loopback;
let environment: FunctionEnvironment;
let answer: string;

beforeEach(async () => {
  server = await loopback((_request, response) => response.end(answer));
  environment = readEnvironment(
    INGEST,
    {
      ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
      ...{
        AWS_ENDPOINT_URL: server.url,
        RELAY_QUEUE_URL: "https://queue",
        RELAY_INBOUND_SECRET: "inbound",
      },
      RELAY_CONFIGURATION: JSON.stringify({
        ...{ version: 1, environment: "sandbox", delivery: "enrich", webhook: { username: "connect" } },
        ...{
          gladly: { url: "https://example.gladly.qa", user: "api@example.com" },
          stella: { url: "https://example.net" },
        },
        doNotSendTopic: "do_not_send_stella",
      }),
    },
    SharedConfiguration,
  );
});
afterEach(() => server.close());

it("an answer 200 with failed messages is an error", async () => {
  answer = JSON.stringify({ Successful: [], Failed: [{ Id: "0", Code: "InternalError", SenderFault: false }] });
  await expect(new SqsSender(environment).send([envelope("e1")])).rejects.toThrow("InternalError");
});

it.each(["[]", '"ok"'])("an answer in an unknown format, %s, is an error", async (text) => {
  answer = text;
  await expect(new SqsSender(environment).send([envelope("e1")])).rejects.toThrow("unknown format");
});

it("an answer without successful messages is an error", async () => {
  answer = "{}";
  await expect(new SqsSender(environment).send([envelope("e1")])).rejects.toThrow("not everything was stored");
});

it("an answer with all messages as successful is a success", async () => {
  answer = JSON.stringify({ Successful: [{ Id: "0", MessageId: "m", MD5OfMessageBody: "x" }] });
  await expect(new SqsSender(environment).send([envelope("e1")])).resolves.toBeUndefined();
});
