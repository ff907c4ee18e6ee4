/** The records of a sandbox's Stella at the end. */
import { z } from "zod";

/** Stella's record of one accepted request, with or without a survey. */
export interface Survey {
  readonly conversationId: string;
  readonly status: string;
  readonly recipient: string | null;
  readonly employee: string | undefined;
  readonly name: string | undefined;
  readonly channel: string;
  readonly tags: string;
}

/** The answer of `GET /_sandbox/requests`. */
export const Requests = z.array(
  z.object({
    decision: z.enum(["accepted", "refused"]),
    deliveryStatus: z.string().optional(),
    refusal: z.string().optional(),
    detail: z.string().optional(),
    recipient: z.string().nullable(),
    channel: z.string(),
    employeeEmail: z.string().optional(),
    extInteractionId: z.string().optional(),
    request: z.object({
      customer: z.object({ name: z.string().optional() }).optional(),
      tags: z.array(z.string()).optional(),
    }),
  }),
);
export type Requests = z.infer<typeof Requests>;

/** By conversation, in order. */
export function surveysOf(requests: Requests): ReadonlyMap<string, readonly Survey[]> {
  const found = new Map<string, Survey[]>();
  for (const one of requests) {
    if (one.decision !== "accepted") continue;
    const conversationId = one.extInteractionId ?? "";
    const survey = {
      ...{ conversationId, status: one.deliveryStatus ?? "", recipient: one.recipient, channel: one.channel },
      ...{ employee: one.employeeEmail, name: one.request.customer?.name },
      tags: [...(one.request.tags ?? [])].sort().join(),
    };
    found.set(conversationId, [...(found.get(conversationId) ?? []), survey]);
  }
  return found;
}

/** Why Stella refused requests about a conversation, oldest first. */
export function refusalsOf(requests: Requests, conversationId: string): readonly string[] {
  const own = requests.filter(({ extInteractionId }) => extInteractionId === conversationId);
  return own.flatMap(({ refusal, detail = "" }) => (refusal === undefined ? [] : `${refusal}: ${detail}`));
}
