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

export const Feedback = z.looseObject({
  uuid: z.string(),
  sequence_id: z.number(),
  ext_interaction_id: optional(z.string()),
  response_received_at: optional(z.string()),
  /** By question, such as `agent_star_rating`; a question that was seen and not answered is empty. */
  answers: optional(z.record(z.string(), z.nullable(QuestionAnswer))),
});
export type Feedback = z.infer<typeof Feedback>;

/** Records in one answer at most; Stella's own default. */
export const FEEDBACK_PAGE = 1000;

export interface FeedbackQuery {
  readonly respondedFrom: Date;
  readonly respondedTo: Date;
  /** Only records with a larger sequence id. */
  readonly after?: number;
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
    const address = stellaAddress(this.options, `/v2/data?${search}`);
    const body = await readStella(this.options, "GET /v2/data", address, key, now);
    const parsed = z.array(Feedback).safeParse(body);
    if (parsed.success) return parsed.data;
    throw new StellaReadFailed(`Stella's answer to GET /v2/data is not understood: ${z.prettifyError(parsed.error)}`);
  }
}
