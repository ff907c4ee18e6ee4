/**
 * How requests reach Gladly: paced, with a time limit, and with retries where a retry is safe.
 *
 * - Redirects are never followed by the transport: a followed 301 turns a POST into a GET (docs/vendors/gladly-api.md section 12).
 * - 429 is always retried (nothing was done); 5xx and lost connections only for GET, PATCH and DELETE, which can be
 *   repeated. A create that got no answer is reported, never repeated.
 */
import { setTimeout as delay } from "node:timers/promises";
import { basicAuthorization } from "../../contract/basic-auth";
import { GladlyRefusal, GladlyUnreachable, NOT_SENT } from "./errors";
import type { Pace, Time } from "./pace";
import { parseErrors } from "./wire";

/** Options of a Gladly client. */
export interface GladlyClientOptions {
  /** The full address, such as `https://example.gladly.com`; a path and a trailing slash are allowed. */
  readonly baseUrl: string;
  /** E-mail address of the Gladly user that owns the token. */
  readonly user: string;
  /** The API token, or where to get it: read again for every call, so that a rotated token is used at once. */
  readonly token: string | (() => Promise<string>);
  /** @default 10, Gladly's default for an organization */
  readonly requestsPerSecond?: number;
  /**
   * Milliseconds for one attempt. Creating or enabling a webhook waits for its receiver for up to 15 s.
   * @default 30000
   */
  readonly attemptTimeout?: number;
  /** Milliseconds for one call with all its retries. @default 60000 */
  readonly deadline?: number;
  /** When every call must have ended, in milliseconds since the epoch; takes the place of `deadline`. */
  readonly endsAt?: number;
  /** Sends the requests. @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch;
  /** The clock that waits and time limits go by. @default {@link systemTime} */
  readonly time?: Time;
  /** Between 0 and 1, for jitter. @default Math.random */
  readonly random?: () => number;
  /** Aborts reads, waits and retries; a write that was sent is always awaited. */
  readonly signal?: AbortSignal;
}

/** The machine's time, from a clock that never runs backwards. */
export const systemTime: Time = {
  // A monotonic clock, because a system clock that was set back must not delay every call.
  now: () => performance.timeOrigin + performance.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}),
};

/** An answer of Gladly with a 2xx status. */
export interface GladlyResponse {
  /** HTTP status, 200 to 299. */
  readonly status: number;
  /** As received; names in any case. */
  readonly headers: Headers;
  /** The whole body as text; empty if there is none. */
  readonly body: string;
}

/** Node's timers hold no more, which is 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The time was over before the request could start: nothing was sent. */
function outOfTime(): Error {
  return Object.assign(new Error("no time left to send it"), { code: NOT_SENT });
}

/** Sends the requests of one client. */
export class GladlyTransport {
  private readonly base: string;
  private readonly time: Time;

  constructor(
    private readonly options: GladlyClientOptions,
    private readonly pace: Pace,
  ) {
    this.base = options.baseUrl.replace(/\/+$/, "");
    this.time = options.time ?? systemTime;
  }

  /**
   * One call with all its retries.
   *
   * @throws GladlyRefusal or GladlyUnreachable of the last attempt
   */
  async call(method: string, path: string, body?: unknown): Promise<GladlyResponse> {
    const { endsAt = this.time.now() + (this.options.deadline ?? 60_000) } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const failure = await this.attempt(method, path, body, endsAt);
      if (!(failure instanceof Error)) return failure;
      const wait = this.retryDelay(method, failure, attempt);
      if (wait === undefined || this.time.now() + wait >= endsAt || this.options.signal?.aborted) throw failure;
      // Stopped while waiting: the failure says more than the stop does.
      await this.time.sleep(wait, this.options.signal).catch(() => Promise.reject(failure));
    }
  }

  /** One request; the answer, or the error that it ended in. */
  private async attempt(
    method: string,
    path: string,
    body: unknown,
    endsAt: number,
  ): Promise<GladlyResponse | GladlyRefusal | GladlyUnreachable> {
    await this.pace.turn(this.options.signal);
    const bare = path.split("?")[0] ?? path;
    const left = Math.ceil(endsAt - this.time.now());
    if (left <= 0) return new GladlyUnreachable(method, this.base + bare, outOfTime());
    const token = typeof this.options.token === "string" ? this.options.token : await this.options.token();
    const timeout = AbortSignal.timeout(Math.min(Math.ceil(this.options.attemptTimeout ?? 30_000), left, MAX_TIMER_MS));
    const abort = method === "GET" && this.options.signal ? AbortSignal.any([timeout, this.options.signal]) : timeout;
    let answer: GladlyResponse;
    try {
      const response = await (this.options.fetch ?? globalThis.fetch)(this.base + path, {
        method,
        redirect: "manual",
        signal: abort,
        headers: {
          accept: "application/json",
          authorization: basicAuthorization(this.options.user, token),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      answer = { status: response.status, headers: response.headers, body: await response.text() };
    } catch (error) {
      return new GladlyUnreachable(method, this.base + bare, error);
    }
    const limit = Number(answer.headers.get("ratelimit-limit-second") ?? Number.NaN);
    if (limit >= 1) this.pace.atMost(limit);
    if (answer.status === 429 || answer.headers.get("ratelimit-remaining-second") === "0") this.pace.exhausted();
    if (answer.status >= 200 && answer.status < 300) return answer;
    const retryAfter = Number(answer.headers.get("retry-after") ?? Number.NaN);
    return new GladlyRefusal(
      method,
      bare,
      answer.status,
      parseErrors(answer.body),
      Number.isFinite(retryAfter) ? retryAfter : undefined,
    );
  }

  /** Milliseconds to wait before the next attempt; undefined when there must be none. */
  private retryDelay(method: string, failure: GladlyRefusal | GladlyUnreachable, attempt: number): number | undefined {
    const repeatable = method !== "POST";
    const retry =
      failure instanceof GladlyRefusal ? failure.status === 429 || (repeatable && failure.status >= 500) : repeatable;
    const attempts = failure instanceof GladlyRefusal ? 6 : 3;
    if (!retry || attempt >= attempts) return undefined;
    const backoff = Math.min(8000, 250 * 2 ** attempt);
    const jittered = backoff * (0.5 + 0.5 * (this.options.random ?? Math.random)());
    const asked = failure instanceof GladlyRefusal ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
    return Math.max(jittered, asked);
  }
}
