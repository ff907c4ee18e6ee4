import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import {
  AwsCall,
  AwsCallFailed,
  type AwsCallOptions,
  SECRETS_MANAGER,
  SQS,
  serviceEndpoint,
} from "../../../src/relay/aws/aws-call";
import { type Loopback, loopback } from "../../support/loopback";
import { SECRET_ACCESS_KEY, signerOf } from "./support/signature";

const VARIABLES = {
  AWS_ACCESS_KEY_ID: "AKID",
  AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
  AWS_SESSION_TOKEN: "token/with+signs=",
};

let server: Loopback;
let endpoint: string;
/** The next answers: a status, `hang`, or `cut`. */
let answers: (number | "hang" | "cut")[];
let seen: { readonly signer: string | undefined; readonly target: unknown; readonly body: string }[];

beforeEach(async () => {
  answers = [];
  seen = [];
  server = await loopback(answer);
  endpoint = `${server.url}/`;
});
afterEach(() => {
  jest.restoreAllMocks();
  return server.close();
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const { method = "", url = "", headers } = request;
  seen.push({ signer: signerOf({ method, url, headers, body }), target: headers["x-amz-target"], body: String(body) });
  const next = answers.shift() ?? 200;
  if (next === "cut") request.socket.destroy();
  else if (next !== "hang") {
    const code = next === 400 ? "com.amazonaws.sqs#AccessDeniedException" : "InternalFailure";
    response
      .writeHead(next)
      .end(JSON.stringify(next === 200 ? { ok: true } : { __type: code, message: "secret words" }));
  }
}

const call = (options: Partial<AwsCallOptions> = {}) =>
  new AwsCall({
    ...{ service: SQS, endpoint, region: "eu-central-1", variables: VARIABLES, attempts: 3, attemptTimeout: 5_000 },
    ...options,
  });

describe("a signed call to AWS", () => {
  it("has a valid signature and names the action", async () => {
    expect(await call().send("SendMessageBatch", { text: "Grüße, 你好" })).toEqual({ ok: true });
    expect(seen).toEqual([{ signer: "AKID", target: "AmazonSQS.SendMessageBatch", body: '{"text":"Grüße, 你好"}' }]);
  });

  it("has an invalid signature when the key is wrong", async () => {
    await call({ variables: { ...VARIABLES, AWS_SECRET_ACCESS_KEY: "another" } }).send("SendMessageBatch", {});
    expect(seen).toMatchObject([{ signer: undefined }]);
  });

  it.each([[[500, 503]], [[429, "cut"]], [["cut", "cut"]]] as const)("is retried after %j", async (faults) => {
    answers = [...faults];
    expect(await call().send("SendMessageBatch", {})).toEqual({ ok: true });
    expect(seen).toHaveLength(3);
  });

  it("fails after the last attempt with service, status, code and action, but no text of the answer", async () => {
    answers = [500, 500, 500];
    const failed = call().send("SendMessageBatch", { password: "p" });
    await expect(failed).rejects.toThrow("SQS answered 500 (InternalFailure) to SendMessageBatch");
    await expect(failed).rejects.not.toThrow(/secret words|password/);
    expect(seen).toHaveLength(3);
  });

  it("is not retried when a retry cannot help, and the error says what can", async () => {
    answers = [400];
    await expect(call().send("SendMessageBatch", {})).rejects.toThrow(
      "SQS answered 400 (AccessDeniedException) to SendMessageBatch: allow SendMessageBatch in the function's role",
    );
    expect(seen).toHaveLength(1);
  });

  it("ends within its time limit without an answer", async () => {
    answers = ["hang", "hang", "hang"];
    // Counted here: on a busy machine an attempt can end before the server has read it.
    const attempts = jest.spyOn(globalThis, "fetch");
    const failed = call({ attemptTimeout: 50 }).send("SendMessageBatch", {});
    await expect(failed).rejects.toThrow("SQS could not be reached (no answer in time) to SendMessageBatch");
    expect(attempts).toHaveBeenCalledTimes(3);
  });

  it("makes no further attempt when its budget is used up", async () => {
    answers = ["hang", "hang", "hang"];
    const attempts = jest.spyOn(globalThis, "fetch");
    await expect(call({ budget: () => 60 }).send("SendMessageBatch", {})).rejects.toThrow(AwsCallFailed);
    expect(attempts).toHaveBeenCalledTimes(1);
  });
});

describe("the address of a service", () => {
  it.each([
    ["us-east-1", SQS, {}, "https://sqs.us-east-1.amazonaws.com/"],
    ["cn-north-1", SECRETS_MANAGER, {}, "https://secretsmanager.cn-north-1.amazonaws.com.cn/"],
    ["us-east-1", SQS, { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, "http://127.0.0.1:1/"],
    [
      "us-east-1",
      SECRETS_MANAGER,
      { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:2/" },
      "http://127.0.0.1:2/",
    ],
  ])("in %s is the same as the SDK's", (region, service, variables, address) => {
    expect(serviceEndpoint(service, region, variables)).toBe(address);
  });
});
