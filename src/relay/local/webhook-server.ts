/** The one address that Gladly knows: `POST /v1/webhooks/gladly`. What it answers is decided by `ingest`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Answer, Delivery } from "../ingest";

export const WEBHOOK_PATH = "/v1/webhooks/gladly";

/** Bytes of a body that are kept. Gladly's are below 1 KB: they carry ids only (docs/vendors/gladly-api.md section 7.1). */
export const KEPT_BODY = 1_048_576;
/** Bytes that are read at most before the connection is closed; the answer is the same. */
const LONGEST_BODY = 16 * KEPT_BODY;

/** Gladly waits 15 s for an answer; nobody needs longer to send one of its bodies. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 };

const BODIES: Readonly<Record<Answer, string>> = { 200: "ok\n", 401: "unauthorized\n", 503: "try again\n" };

export function createWebhookServer(ingest: (delivery: Delivery) => Promise<Answer>): Server {
  const server = createServer(LIMITS, (request, response) => {
    if (request.url?.split("?")[0] !== WEBHOOK_PATH) return end(request, response, 404, "not found\n");
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return end(request, response, 405, "method not allowed\n");
    }
    const delivery = { authorization: authorizationOf(request), body: () => readBody(request) };
    void ingest(delivery)
      // Whatever went wrong was not the event's fault: Gladly shall send it again.
      .catch((): Answer => 503)
      .then((answer) => {
        if (answer === 401) response.setHeader("www-authenticate", 'Basic realm="relay"');
        end(request, response, answer, BODIES[answer]);
      });
  });
  server.maxConnections = 1024;
  return server;
}

/** Node joins or drops repeated headers; two Authorization headers must be seen as two, and are refused. */
function authorizationOf(request: IncomingMessage): Delivery["authorization"] {
  const values = request.headersDistinct.authorization;
  return values?.length === 1 ? values[0] : values;
}

function end(request: IncomingMessage, response: ServerResponse, status: number, body: string): void {
  // A body that was not read to its end would be taken for the next request.
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(status, { "content-type": "text/plain", "content-length": Buffer.byteLength(body) });
  response.end(body);
}

function readBody(request: IncomingMessage): ReturnType<Delivery["body"]> {
  return new Promise((resolve, reject) => {
    const kept: Buffer[] = [];
    let length = 0;
    const finish = () => {
      resolve({ bytes: Buffer.concat(kept).subarray(0, KEPT_BODY), truncated: length > KEPT_BODY });
    };
    request.on("data", (chunk: Buffer) => {
      if (length < KEPT_BODY) kept.push(chunk);
      length += chunk.length;
      if (length > LONGEST_BODY) {
        request.pause();
        finish();
      }
    });
    request.on("end", finish);
    request.on("error", reject);
    request.on("close", () => reject(new Error("the sender broke off")));
  });
}
