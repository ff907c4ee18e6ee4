/**
 * A client for Stella Connect. It makes one attempt and returns the result. The relay decides when to retry, because it knows
 * the event's age and earlier attempts.
 */
import { basicAuthorization } from "../../contract/basic-auth";
import { STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import { classifyAnswer, classifyFailure, type StellaOutcome } from "./outcome";
import type { SurveyRequest } from "./wire";

/** Options of {@link StellaClient}. */
export interface StellaClientOptions {
  /** `https://api.stellaconnect.net`, or the company's own host (docs/vendors/stella-connect-api.md section 1). */
  readonly baseUrl: string;
  /** Milliseconds to wait for an answer. @default 10000 */
  readonly timeout?: number;
  /** Sends the requests. @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Sends survey requests to Stella Connect. It never throws: every failure is a {@link StellaOutcome}.
 *
 * @example
 * ```ts
 * const stella = new StellaClient({ baseUrl: "https://api.stellaconnect.net" });
 * const outcome = await stella.request(apiKey, request);
 * if (outcome.kind === "ambiguous") console.log("it may have been sent: do not simply send it again");
 * ```
 */
export class StellaClient {
  private readonly base: string;

  constructor(private readonly options: StellaClientOptions) {
    this.base = options.baseUrl.replace(/\/+$/, "");
  }

  /** Requests a survey: `POST /v1/requests` with the key as `x-api-key`. */
  request(apiKey: string, body: SurveyRequest): Promise<StellaOutcome> {
    return this.post("/v1/requests", { "x-api-key": apiKey }, JSON.stringify(body));
  }

  /** Forwards a Gladly event unchanged, as Gladly itself would: `POST /v1/webhooks/gladly`, user `connect`. */
  forward(apiKey: string, event: string | Uint8Array): Promise<StellaOutcome> {
    return this.post(STELLA_WEBHOOK_PATH, { authorization: basicAuthorization("connect", apiKey) }, event);
  }

  private async post(
    path: string,
    credentials: Record<string, string>,
    body: string | Uint8Array,
  ): Promise<StellaOutcome> {
    try {
      const response = await (this.options.fetch ?? globalThis.fetch)(this.base + path, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(this.options.timeout ?? 10_000),
        headers: { accept: "application/json", "content-type": "application/json", ...credentials },
        body,
      });
      // Only the status counts: a connection that is lost after it must not make an accepted request ambiguous.
      const detail = await response.text().catch(() => "");
      return classifyAnswer(response.status, detail, response.headers.get("retry-after"));
    } catch (error) {
      return classifyFailure(error);
    }
  }
}
