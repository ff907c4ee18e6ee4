/** Gladly's POST to a webhook's receiver. */
import * as z from "zod";
import { basicAuthorization } from "../../contract/basic-auth";
import type { PING } from "../../contract/event-types";
import type { Outgoing } from "../outgoing";
import type { GladlyEvent } from "./events";
import type { WebhookRecord } from "./webhook";

/** The result of one POST. */
export type DeliveryResult = { readonly status: number } | { readonly failure: string };

/**
 * Sends one event with the webhook's credentials and fixed headers. Never throws.
 *
 * @param timeLimit wall-clock milliseconds to wait
 */
export async function post(
  outgoing: Outgoing,
  webhook: Pick<WebhookRecord, "url" | "credentials" | "headers">,
  event: GladlyEvent | { readonly type: typeof PING },
  timeLimit: number,
): Promise<DeliveryResult> {
  const { credentials, headers } = webhook;
  const init = {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      ...(credentials ? { authorization: basicAuthorization(credentials.username, credentials.password) } : {}),
    },
    body: JSON.stringify(event),
  };
  try {
    const { status } = await outgoing.send(webhook.url, init, timeLimit);
    return { status };
  } catch (error) {
    return { failure: describe(error) };
  }
}

/** The used fields of `fetch` errors. Parsed by shape, because `instanceof` fails for errors from another realm. */
const Failure = z.looseObject({
  name: z.optional(z.string()),
  message: z.optional(z.string()),
  cause: z.optional(z.looseObject({ code: z.optional(z.string()), message: z.optional(z.string()) })),
});

function describe(error: unknown): string {
  const read = Failure.safeParse(error);
  if (!read.success) return String(error);
  const { name, message, cause } = read.data;
  if (name === "TimeoutError") return "no answer within 15 seconds";
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
