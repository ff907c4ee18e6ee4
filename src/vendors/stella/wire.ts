/**
 * Stella Connect's wire format (now Medallia Agent Connect): the survey request of `POST /v1/requests`.
 * Source: docs/vendors/stella-connect-api.md section 4. Error bodies are not published: nothing here reads them as data.
 */
import * as z from "zod/mini";

/** Only `channel` is required by Stella's description; the guides ask for five items (section 4.1). */
export const SurveyRequest = z.looseObject({
  /** Must equal a channel set up in Stella; `phone`, `chat` and `email` are there by default. */
  channel: z.string(),
  customer: z.optional(
    z.strictObject({ custom_id: z.optional(z.string()), name: z.optional(z.string()), email: z.optional(z.string()) }),
  ),
  /** One of the two must match an approved Stella profile. */
  employee: z.optional(z.strictObject({ custom_id: z.optional(z.string()), email: z.optional(z.string()) })),
  /** The caller's own id. Uniqueness is advised, not enforced: it does not deduplicate. */
  ext_interaction_id: z.optional(z.string()),
  external_url: z.optional(z.string()),
  /** Record the interaction, send no survey. */
  do_not_send: z.optional(z.boolean()),
  /** At most 20; each is cut at 2,000 characters by Stella. */
  tags: z.optional(z.array(z.string())),
  brand: z.optional(z.string()),
  language: z.optional(z.string()),
  country: z.optional(z.string()),
  custom_properties: z.optional(z.record(z.string(), z.string())),
});
export type SurveyRequest = z.infer<typeof SurveyRequest>;
