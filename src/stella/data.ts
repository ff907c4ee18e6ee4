/**
 * Reads answered surveys back: `GET /v2/data` (facts/stella-connect-api.md section 11.1). Besides the key it takes a JWT,
 * signed with the company's API secret, bare and not as a bearer (section 2).
 */
import { createHmac } from "node:crypto";
import * as z from "zod/mini";

const optional = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema));

const Answer = z.looseObject({
  question_text: optional(z.string()),
  comment: optional(z.string()),
  selected_options: optional(
    z.array(z.looseObject({ option_text: optional(z.string()), integer_value: optional(z.number()) })),
  ),
});

export const Feedback = z.looseObject({
  uuid: z.string(),
  sequence_id: z.number(),
  ext_interaction_id: optional(z.string()),
  response_received_at: optional(z.string()),
  /** By question, such as `agent_star_rating`; a question that was seen and not answered is empty. */
  answers: optional(z.record(z.string(), z.nullable(Answer))),
});
export type Feedback = z.infer<typeof Feedback>;

/** Records in one answer at most; Stella's own default. */
export const FEEDBACK_PAGE = 1000;

/** Stella did not answer the read as described. No message holds a key. */
export class StellaReadFailed extends Error {
  override readonly name = "StellaReadFailed";
}

export interface FeedbackQuery {
  readonly respondedFrom: Date;
  readonly respondedTo: Date;
  /** Only records with a larger sequence id. */
  readonly after?: number;
}

export interface StellaReaderOptions {
  readonly baseUrl: string;
  /** Milliseconds to wait for an answer. @default 30000 */
  readonly timeout?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export interface StellaReadKey {
  readonly apiKey: string;
  readonly apiSecret: string;
}

export class StellaReader {
  constructor(private readonly options: StellaReaderOptions) {}

  /**
   * One page, by sequence id.
   *
   * @param now seconds since the epoch, for the token's `iat`; a new token is signed for every call
   * @throws StellaReadFailed
   */
  async feedback(key: StellaReadKey, query: FeedbackQuery, now: number): Promise<readonly Feedback[]> {
    const search = new URLSearchParams({
      responded_at_gte: query.respondedFrom.toISOString(),
      responded_at_lte: query.respondedTo.toISOString(),
      limit: String(FEEDBACK_PAGE),
    });
    if (query.after !== undefined) search.set("after", String(query.after));
    const body = await this.get(`/v2/data?${search}`, key, now);
    const parsed = z.array(Feedback).safeParse(body);
    if (parsed.success) return parsed.data;
    throw new StellaReadFailed(`Stella's answer to GET /v2/data is not understood: ${z.prettifyError(parsed.error)}`);
  }

  private async get(path: string, key: StellaReadKey, now: number): Promise<unknown> {
    let response: Response;
    let body: string;
    try {
      response = await (this.options.fetch ?? globalThis.fetch)(this.options.baseUrl.replace(/\/+$/, "") + path, {
        redirect: "manual",
        signal: AbortSignal.timeout(this.options.timeout ?? 30_000),
        headers: { accept: "application/json", "x-api-key": key.apiKey, authorization: signToken(key.apiSecret, now) },
      });
      body = await response.text();
    } catch {
      throw new StellaReadFailed("Stella cannot be reached for GET /v2/data");
    }
    if (response.status !== 200) throw new StellaReadFailed(`Stella answered ${response.status} to GET /v2/data`);
    try {
      return JSON.parse(body);
    } catch {
      throw new StellaReadFailed("Stella's answer to GET /v2/data is not JSON");
    }
  }
}

/** A JWT of HMAC-SHA256 that holds the time of its making. @param now seconds since the epoch */
export function signToken(apiSecret: string, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iat: Math.floor(now) })}`;
  return `${signed}.${createHmac("sha256", apiSecret).update(signed).digest("base64url")}`;
}
