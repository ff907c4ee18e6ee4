/**
 * Calls an AWS service with a JSON protocol (SQS, Secrets Manager), signed by a small library.
 *
 * An SDK client would add 140 KB to the bundle and 60 ms to every cold start (docs/vendors/aws-relay.md section 14). Uses the
 * SDK's endpoint variables, so that both find the same service in a test.
 */
import { setTimeout as delay } from "node:timers/promises";
import { AwsV4Signer } from "aws4fetch";
import * as z from "zod/mini";
import type { FunctionVariables } from "./environment";

export interface AwsCallOptions {
  readonly service: AwsService;
  /** The service's address, from {@link serviceEndpoint}. */
  readonly endpoint: string;
  readonly region: string;
  readonly variables: FunctionVariables;
  /** Milliseconds for one attempt. */
  readonly attemptTimeout: number;
  /** Total number of attempts. */
  readonly attempts: number;
  /** Milliseconds that the call may take, asked before each call. */
  readonly budget?: () => number;
}

/** A service's name in signatures, and its prefix in the header `X-Amz-Target`. */
export const SQS = { name: "sqs", label: "SQS", target: "AmazonSQS", json: "1.0" } as const;
export const SECRETS_MANAGER = {
  name: "secretsmanager",
  label: "Secrets Manager",
  target: "secretsmanager",
  json: "1.1",
} as const;
export type AwsService = typeof SQS | typeof SECRETS_MANAGER;

/** A failed call. The message has service, action and code, but nothing else of the request or the answer. */
export class AwsCallFailed extends Error {
  override readonly name = "AwsCallFailed";
  constructor(
    readonly service: string,
    readonly action: string,
    /** AWS's error code, or why there is no answer. */
    readonly code: string,
    readonly status: number | undefined,
  ) {
    const answered = status === undefined ? "could not be reached" : `answered ${status}`;
    super(`${service} ${answered} (${code}) to ${action}${advice(code, action)}`);
  }
}

const ErrorAnswer = z.object({ __type: z.string() });

/** Error codes that are retried, in addition to every status of 500 and above. */
const PASSING = /Throttl|TooManyRequests|RequestExpired|RequestTimeout|LimitExceeded/;
/** Milliseconds before the second attempt, doubling. */
const FIRST_PAUSE = 50;

export class AwsCall {
  constructor(private readonly options: AwsCallOptions) {}

  /**
   * @param action as in the service's API reference, such as `SendMessageBatch`
   * @returns the answer's JSON
   * @throws AwsCallFailed when the last attempt failed, or an attempt failed that a retry cannot help
   */
  async send(action: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
    const end = Date.now() + (this.options.budget?.() ?? Number.POSITIVE_INFINITY);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.attempt(action, JSON.stringify(body), end - Date.now());
      if (!(answer instanceof AwsCallFailed)) return answer.json;
      const pause = FIRST_PAUSE * 2 ** (attempt - 1);
      if (!passes(answer) || attempt >= this.options.attempts || Date.now() + pause >= end) throw answer;
      await delay(pause);
    }
  }

  private async attempt(action: string, body: string, left: number): Promise<{ json: unknown } | AwsCallFailed> {
    const { service, attemptTimeout } = this.options;
    try {
      const response = await fetch(this.options.endpoint, {
        ...(await this.signed(action, body)),
        signal: AbortSignal.timeout(Math.max(1, Math.min(attemptTimeout, left))),
      });
      const text = await response.text();
      if (response.ok) return { json: JSON.parse(text) };
      return new AwsCallFailed(service.label, action, codeOf(text), response.status);
    } catch (error) {
      return new AwsCallFailed(service.label, action, reasonOf(error), undefined);
    }
  }

  private async signed(action: string, body: string) {
    const { service, endpoint, region, variables } = this.options;
    const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = variables;
    const { method, headers } = await new AwsV4Signer({
      method: "POST",
      url: endpoint,
      headers: {
        "content-type": `application/x-amz-json-${service.json}`,
        "x-amz-target": `${service.target}.${action}`,
      },
      body,
      service: service.name,
      region,
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
    }).sign();
    return { method, headers, body };
  }
}

/** The address of a service in a Region, or the one in the SDK's endpoint variables. */
export function serviceEndpoint(service: AwsService, region: string, variables: FunctionVariables): string {
  const own = service.name === "sqs" ? variables.AWS_ENDPOINT_URL_SQS : variables.AWS_ENDPOINT_URL_SECRETS_MANAGER;
  const named = own ?? variables.AWS_ENDPOINT_URL;
  if (named !== undefined) return `${named.replace(/\/+$/, "")}/`;
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://${service.name}.${region}.${domain}/`;
}

function passes({ status, code }: AwsCallFailed): boolean {
  return status === undefined || status === 429 || status >= 500 || PASSING.test(code);
}

/** AWS uses both `com.amazonaws.sqs#QueueDoesNotExist` and `QueueDoesNotExist`. */
function codeOf(text: string): string {
  try {
    const parsed = ErrorAnswer.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data.__type.replace(/^.*#/, "").slice(0, 80);
  } catch {
    // Not JSON: the answer is not from the service.
  }
  return "no error code";
}

/** `fetch` may reject with an `Error` of another realm, for which `instanceof` fails. */
function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("name" in error)) return "unknown";
  if (error.name === "TimeoutError") return "no answer in time";
  const cause = "cause" in error ? error.cause : undefined;
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return String(error.name);
}

function advice(code: string, action: string): string {
  if (/AccessDenied/.test(code)) return `: allow ${action} in the function's role`;
  if (/NonExistentQueue|QueueDoesNotExist|ResourceNotFound/.test(code)) {
    return ": it does not exist there; apply the stack again, or set the secret's value with `relay secrets put`";
  }
  return "";
}
