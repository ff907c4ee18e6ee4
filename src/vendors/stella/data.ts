/** Reads answered surveys back: `GET /v2/data` (docs/vendors/stella-connect-api.md section 11.1). */
import * as z from "zod/mini";
import { readStella, type StellaReaderOptions, StellaReadFailed, type StellaReadKey, stellaAddress } from "./read";

const optional = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema));

const QuestionAnswer = z.looseObject({
  question_text: optional(z.string()),
  comment: optional(z.string()),
  selected_options: optional(
    z.array(z.looseObject({ option_text: optional(z.string()), integer_value: optional(z.number()) })),
  ),
});

/**
 * A survey request with its answers, where there are any. A record that changes comes again with a larger
 * `sequence_id` and the same `uuid`.
 */
export const Feedback = z.looseObject({
  uuid: z.string(),
  sequence_id: z.number(),
  ext_interaction_id: optional(z.string()),
  /** RFC 3339. */
  request_created_at: optional(z.string()),
  /** What became of the request, as exports label it; null where Stella does not say. */
  request_delivery_status: optional(z.string()),
  response_received_at: optional(z.string()),
  /** By question, such as `agent_star_rating`; a question that was seen and not answered is empty. */
  answers: optional(z.record(z.string(), z.nullable(QuestionAnswer))),
});
export type Feedback = z.infer<typeof Feedback>;

/** Records in one answer at most; Stella's own default. */
export const FEEDBACK_PAGE = 1000;

/** Which answers to read. Both limits are included. */
export interface FeedbackQuery {
  /** The earliest time of an answer. */
  readonly respondedFrom: Date;
  /** The latest time of an answer. */
  readonly respondedTo: Date;
  /** Only records with a larger sequence id. */
  readonly after?: number;
}

/** Which requests to read. Both limits are included. */
export interface RequestsQuery {
  /** The earliest time of a request. */
  readonly createdFrom: Date;
  /** The latest time of a request. */
  readonly createdTo: Date;
  /** Only records with a larger sequence id. */
  readonly after?: number;
}

/**
 * Reads `GET /v2/data`. Stella allows 100 calls a minute for each key.
 *
 * @example
 * ```ts
 * let after: number | undefined;
 * for (;;) {
 *   const page = await reader.feedback(key, { ...window, ...(after === undefined ? {} : { after }) }, seconds());
 *   after = page.at(-1)?.sequence_id;
 *   if (page.length < FEEDBACK_PAGE) break;
 * }
 * ```
 */
export class StellaReader {
  constructor(private readonly options: StellaReaderOptions) {}

  /**
   * One page of answers, by sequence id.
   *
   * @param now seconds since the epoch, for the token's `iat`; a new token is signed for every call
   * @throws StellaReadFailed
   */
  feedback(key: StellaReadKey, query: FeedbackQuery, now: number): Promise<readonly Feedback[]> {
    return this.page(key, "responded_at", [query.respondedFrom, query.respondedTo], query.after, now);
  }

  /**
   * One page of requests, answered or not, by sequence id.
   *
   * @param now as for {@link feedback}
   * @throws StellaReadFailed
   */
  requests(key: StellaReadKey, query: RequestsQuery, now: number): Promise<readonly Feedback[]> {
    return this.page(key, "created_at", [query.createdFrom, query.createdTo], query.after, now);
  }

  private async page(
    key: StellaReadKey,
    time: "created_at" | "responded_at",
    [from, to]: readonly [Date, Date],
    after: number | undefined,
    now: number,
  ): Promise<readonly Feedback[]> {
    const search = new URLSearchParams({
      [`${time}_gte`]: from.toISOString(),
      [`${time}_lte`]: to.toISOString(),
      limit: String(FEEDBACK_PAGE),
    });
    if (after !== undefined) search.set("after", String(after));
    const address = stellaAddress(this.options, `/v2/data?${search}`);
    const body = await readStella(this.options, "GET /v2/data", address, key, now);
    const parsed = z.array(Feedback).safeParse(body);
    if (parsed.success) return parsed.data;
    throw new StellaReadFailed(`Stella's answer to GET /v2/data is not understood: ${z.prettifyError(parsed.error)}`);
  }
}
