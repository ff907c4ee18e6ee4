/** Converts events of API Gateway's HTTP API (payload format 2.0) to deliveries, and answers to its responses. */
import * as z from "zod/mini";
import type { Delivery, IngestStatus } from "../ingest";

/** The used part of the event. Header names are lower-case, and repeated headers are joined with commas. */
export const GatewayEvent = z.object({
  version: z.literal("2.0"),
  rawPath: z.string(),
  headers: z._default(z.record(z.string(), z.string()), {}),
  body: z.optional(z.string()),
  isBase64Encoded: z._default(z.boolean(), false),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});
export type GatewayEvent = z.infer<typeof GatewayEvent>;

export interface GatewayResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Two Authorization headers arrive joined, which is not a valid header, so they are refused. */
export function deliveryOf(event: GatewayEvent): Delivery {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  return { authorization: event.headers.authorization, body: async () => ({ bytes, truncated: false }) };
}

const BODIES: Readonly<Record<IngestStatus, string>> = { 200: "ok\n", 401: "unauthorized\n", 503: "try again\n" };

export function responseOf(answer: IngestStatus): GatewayResponse {
  const challenge: Record<string, string> = answer === 401 ? { "www-authenticate": 'Basic realm="relay"' } : {};
  return respond(answer, BODIES[answer], challenge);
}

export function respond(
  statusCode: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): GatewayResponse {
  return { statusCode, headers: { "content-type": "text/plain", ...headers }, body };
}
