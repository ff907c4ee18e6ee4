/** API Gateway's HTTP API on loopback: each request becomes an event of payload format 2.0 for the ingest function. */
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import * as z from "zod";
import { type Loopback, loopback } from "../../../support/loopback";
import type { InvocationResult } from "./lambda-host";

const Response = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

/** API Gateway treats these content types as text, and all others as binary. */
const TEXT = /^(text\/|application\/(json|xml|javascript))/;

export class Gateway {
  private constructor(private readonly server: Loopback) {}

  get url(): string {
    return this.server.url;
  }

  /** @param invoke called for each request, because a deployment replaces the function */
  static async start(invoke: (event: unknown) => Promise<InvocationResult>): Promise<Gateway> {
    const server = await loopback((request, response) => {
      void eventOf(request).then(async (event) => {
        const result = await invoke(event);
        const answer = result.kind === "response" ? Response.safeParse(result.value) : undefined;
        // API Gateway's answer when the function fails or returns something invalid.
        if (!answer?.success) return response.writeHead(500).end('{"message":"Internal Server Error"}');
        return response.writeHead(answer.data.statusCode, answer.data.headers).end(answer.data.body);
      });
    });
    return new Gateway(server);
  }

  stop(): Promise<void> {
    return this.server.close();
  }
}

async function eventOf(request: IncomingMessage): Promise<unknown> {
  const body = await buffer(request);
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(",")]);
  const isBase64Encoded = !TEXT.test(request.headers["content-type"] ?? "");
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(headers),
    requestContext: { http: { method: request.method, path: pathname, protocol: "HTTP/1.1", sourceIp: "203.0.113.7" } },
    isBase64Encoded,
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
  };
}
