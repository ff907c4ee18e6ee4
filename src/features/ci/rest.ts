/**
 * Requests to the REST API of GitHub or GitLab, with retries and readable errors.
 *
 * - Rate limit (429, or GitHub's 403 with `retry-after` or `x-ratelimit-remaining: 0`): waits, because nothing was done.
 * - 5xx and lost connections: retries everything but POST. A POST may have created something, so the caller gets
 *   `AnswerLost` and looks before it tries again.
 */
import { setTimeout as delay } from "node:timers/promises";
import { CommandError } from "../../cli/command";
import { parsedJson } from "../../contract/json";

export interface RestOptions {
  /** For example `https://api.github.com`, without a slash at the end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What a refusal with a status means, and what to do. */
  readonly advice: (status: number) => string;
  /** Longest wait in seconds. @default 120 */
  readonly patience?: number;
  /** Milliseconds before the first retry. Each further wait is twice as long. @default 1000 */
  readonly pause?: number;
  readonly tell: (text: string) => void;
}

export interface RestResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** GitHub or GitLab refused. The message includes its answer. */
export class RestRefusal extends CommandError {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** No answer came, so something may have been created. */
export class AnswerLost extends CommandError {}

const ATTEMPTS = 4;
const TIMEOUT = 30_000;

export class Rest {
  constructor(private readonly options: RestOptions) {}

  /**
   * @param path below the base, with its query
   * @throws RestRefusal when the request is refused, AnswerLost when a POST got no answer
   */
  async call(method: Method, path: string, body?: unknown): Promise<RestResponse> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.attempt(method, path, body);
      if (!(answer instanceof Error) && answer.status >= 200 && answer.status < 300) return answer;
      const wait = attempt < ATTEMPTS ? this.waitBefore(method, answer, attempt) : undefined;
      if (wait === undefined) throw this.refusal(method, path, answer);
      await delay(wait);
    }
  }

  /** All pages of a list. The `link` header names the next page. */
  async list(path: string): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const { body, headers } = await this.call("GET", next);
      if (!Array.isArray(body)) throw new RestRefusal(`GET ${next} answered no list.`, 200);
      items.push(...body);
      next = this.nextPage(headers.get("link") ?? "");
    }
    return items;
  }

  /** Only an address below the base, so that the token goes to no other host. */
  private nextPage(link: string): string | undefined {
    const url = /<([^>]+)>\s*;[^,]*\brel="next"/.exec(link)?.[1];
    return url?.startsWith(`${this.options.base}/`) ? url.slice(this.options.base.length) : undefined;
  }

  private async attempt(method: Method, path: string, body: unknown): Promise<RestResponse | Error> {
    try {
      const response = await fetch(this.options.base + path, {
        method,
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: { ...this.options.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: parsedJson(await response.text()) };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return cause instanceof Error ? cause : new Error(String(cause));
    }
  }

  /** Milliseconds; undefined when a retry is pointless. */
  private waitBefore(method: Method, answer: RestResponse | Error, attempt: number): number | undefined {
    const backoff = (this.options.pause ?? 1000) * 2 ** (attempt - 1);
    if (answer instanceof Error || answer.status >= 500) return method === "POST" ? undefined : backoff;
    const asked = limitOf(answer);
    if (asked === undefined) return undefined;
    if (asked > (this.options.patience ?? 120)) {
      this.options.tell(`Rate limit reached. It ends in ${Math.ceil(asked)} seconds, which is too long to wait.\n`);
      return undefined;
    }
    this.options.tell(`Rate limit reached. Waiting ${Math.ceil(asked)} seconds.\n`);
    return Math.max(asked * 1000, backoff);
  }

  private refusal(method: Method, path: string, answer: RestResponse | Error): Error {
    const what = `${method} ${this.options.base}${path.split("?")[0]}`;
    const lost = answer instanceof Error || answer.status >= 500;
    const message = answer instanceof Error ? answer.message : `${answer.status} ${messageOf(answer.body)}`.trim();
    if (lost && method === "POST") return new AnswerLost(`${what} got no answer: ${message}.`);
    const status = answer instanceof Error ? 0 : answer.status;
    return new RestRefusal(`${what} failed: ${message}. ${this.options.advice(status)}`.trim(), status);
  }
}

/** Seconds to wait if the answer is a rate limit, otherwise undefined. */
function limitOf({ status, headers, body }: RestResponse): number | undefined {
  if (status !== 429 && status !== 403) return undefined;
  const after = Number(headers.get("retry-after") ?? Number.NaN);
  if (after >= 0) return after;
  const reset = Number(headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset") ?? Number.NaN);
  const exhausted = (headers.get("x-ratelimit-remaining") ?? headers.get("ratelimit-remaining")) === "0";
  if (exhausted && reset > 0) return Math.max(0, reset - Date.now() / 1000);
  // GitHub's documentation says to wait a minute if a secondary rate limit names no time.
  return status === 429 || /secondary rate limit/i.test(messageOf(body)) ? 60 : undefined;
}

/** The error message of the answer. Both services put it into `message`. */
function messageOf(body: unknown): string {
  const message = typeof body === "object" && body !== null ? Reflect.get(body, "message") : undefined;
  return typeof message === "string" ? message : message === undefined ? "" : JSON.stringify(message);
}
