/**
 * AWS on loopback: emulated SQS and DynamoDB in a child process, and Secrets Manager as a map. All have one address, which
 * checks signatures, records every call, and can inject faults.
 */
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { type Loopback, loopback } from "../../../support/loopback";
import { type Emulators, startEmulators } from "./emulators";
import { SECRET_ACCESS_KEY, signerOf } from "./signature";

export const REGION = "us-east-1";

export interface AwsCall {
  /** Access key id. Each function of a test has its own. */
  readonly caller: string;
  /** Such as `sqs:SendMessageBatch`. */
  readonly action: string;
  /** Queue address, table or secret. */
  readonly resource: string;
  /** Partition key of the item, if the call is about one. */
  readonly item?: string;
}

/** A fault instead of the answer: a status, `hang` for no answer, `cut` to run the call and then close the connection. */
export type Fault = number | "hang" | "cut";

const Key = z.object({ pk: z.object({ S: z.string() }) });

/** A queue's address on AWS. The SQS emulator has another host and account. */
const QUEUE_OF_AWS = /https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com\/\d{12}\//g;

const SERVICES: Readonly<Record<string, string>> = {
  AmazonSQS: "sqs",
  DynamoDB_20120810: "dynamodb",
  secretsmanager: "secretsmanager",
};

export class LocalAws {
  readonly calls: AwsCall[] = [];
  readonly secrets = new Map<string, string>();
  /** Returns the fault of each call. The call waits for the result. */
  fault: (call: AwsCall) => Fault | undefined | Promise<Fault | undefined> = () => undefined;
  private constructor(
    private readonly server: Loopback,
    private readonly emulators: Emulators,
  ) {}

  get url(): string {
    return this.server.url;
  }

  static async start(): Promise<LocalAws> {
    const emulators = await startEmulators();
    const server = await loopback((request, response) => void aws.answer(request, response));
    const aws: LocalAws = new LocalAws(server, emulators);
    return aws;
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.emulators.stop();
  }

  /** The variables that Lambda sets for a function, and the address of AWS. */
  variables(caller: string): Readonly<Record<string, string>> {
    return {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: caller,
      AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
      AWS_SESSION_TOKEN: "session-token-for-tests",
      AWS_ENDPOINT_URL: this.url,
    };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const signed = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
    const caller = signerOf(signed);
    if (caller === undefined) return refuse(response, 403, "InvalidSignatureException");
    const call = callOf(String(request.headers["x-amz-target"]), body, caller);
    this.calls.push(call);
    const fault = await this.fault(call);
    if (typeof fault === "number") return refuse(response, fault, "InternalFailure");
    if (fault === "hang") return;
    const answer = await this.carryOut(call, request, body);
    if (fault === "cut") request.socket.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  private async carryOut(call: AwsCall, request: IncomingMessage, body: Buffer): Promise<AwsResponse> {
    const service = call.action.split(":")[0];
    if (service === "secretsmanager") return this.secret(call);
    if (service !== "sqs") return forward(this.emulators.dynamoDb, request, body);
    const local = body.toString("utf8").replaceAll(QUEUE_OF_AWS, this.queues);
    return forward(this.emulators.sqs, request, Buffer.from(local));
  }

  /** The prefix of queue addresses in the SQS emulator. */
  private get queues(): string {
    return `http://sqs.${REGION}.localhost:${new URL(this.url).port}/000000000000/`;
  }

  private secret({ action, resource }: AwsCall): AwsResponse {
    const value = this.secrets.get(resource);
    if (action !== "secretsmanager:GetSecretValue" || value === undefined) {
      return { status: 400, headers: {}, body: JSON.stringify({ __type: "ResourceNotFoundException" }) };
    }
    return { status: 200, headers: {}, body: JSON.stringify({ Name: resource, SecretString: value }) };
  }
}

interface AwsResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

function callOf(target: string, body: Buffer, caller: string): AwsCall {
  const [prefix = "", action] = target.split(".");
  const input: unknown = JSON.parse(body.toString("utf8"));
  const fields = typeof input === "object" && input !== null ? new Map(Object.entries(input)) : new Map();
  const resource = fields.get("QueueUrl") ?? fields.get("TableName") ?? fields.get("SecretId") ?? "";
  const item = Key.safeParse(fields.get("Key")).data?.pk.S;
  return {
    caller,
    action: `${SERVICES[prefix] ?? prefix}:${action}`,
    resource: String(resource),
    ...(item === undefined ? {} : { item }),
  };
}

function forward(port: number, request: IncomingMessage, body: Buffer): Promise<AwsResponse> {
  return new Promise((resolve, reject) => {
    const { method, url } = request;
    const headers = { ...request.headers, "content-length": String(body.length) };
    const options = { host: "127.0.0.1", port, method, path: url, headers, agent: false };
    const onward = httpRequest(options, (answer) => {
      buffer(answer).then((content) => {
        const type = String(answer.headers["content-type"] ?? "application/x-amz-json-1.0");
        resolve({ status: answer.statusCode ?? 500, headers: { "content-type": type }, body: content });
      }, reject);
    });
    onward.on("error", reject);
    onward.end(body);
  });
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify({ __type: code, message: "injected by the test" }));
}
