/** The only address that Gladly knows: `POST /v1/webhooks/gladly`. `ingest` decides the answer. */
import { createHmac, randomBytes } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import { RELAY_WEBHOOK_PATH } from "../../contract/webhook-address";
import type { Delivery, IngestStatus } from "../ingest";
import { createHttpServer, type HttpServerOptions, respond } from "./http-server";

/** Maximum bytes of a body that are stored. Gladly's are below 1 KB, with ids only (docs/vendors/gladly-api.md section 7.1). */
export const KEPT_BODY = 1_048_576;
/** Maximum bytes that are read before the connection is closed; the answer is the same. */
const LONGEST_BODY = 16 * KEPT_BODY;

const BODIES: Readonly<Record<IngestStatus, string>> = { 200: "ok\n", 401: "unauthorized\n", 503: "try again\n" };

/**
 * @param ingest decides the answer
 * @param options what to do when there are too many connections
 */
export function createWebhookServer(
  ingest: (delivery: Delivery) => Promise<IngestStatus>,
  options: Omit<HttpServerOptions, "handle"> = {},
): Server {
  return createHttpServer({
    ...options,
    handle: async ({ method, path, message }, response) => {
      if (path !== RELAY_WEBHOOK_PATH) return respond(response, 404, "not found\n");
      if (method !== "POST") {
        response.setHeader("allow", "POST");
        return respond(response, 405, "method not allowed\n");
      }
      const delivery = {
        authorization: authorizationOf(message),
        get source() {
          return sourceOf(message);
        },
        body: () => readBody(message),
      };
      // The error is not the event's fault, so Gladly should send it again.
      const answer = await ingest(delivery).catch((): IngestStatus => 503);
      if (answer === 401) response.setHeader("www-authenticate", 'Basic realm="relay"');
      respond(response, answer, BODIES[answer]);
    },
  });
}

/** Node joins or drops repeated headers. Two Authorization headers must be recognised and refused. */
function authorizationOf(message: IncomingMessage): Delivery["authorization"] {
  const values = message.headersDistinct.authorization;
  return values?.length === 1 ? values[0] : values;
}

/** An address could be guessed from a plain hash, so it is keyed. The key lives as long as the process. */
const SOURCE_KEY = randomBytes(32);

/** The hashed sender: the last entry of X-Forwarded-For, which the reverse proxy on this machine wrote, else the peer. */
function sourceOf(message: IncomingMessage): string {
  const forwarded = message.headersDistinct["x-forwarded-for"]?.at(-1)?.split(",").at(-1)?.trim();
  const address = forwarded || message.socket.remoteAddress || "unknown";
  return createHmac("sha256", SOURCE_KEY).update(address).digest("hex").slice(0, 16);
}

function readBody(message: IncomingMessage): ReturnType<Delivery["body"]> {
  return new Promise((resolve, reject) => {
    const kept: Buffer[] = [];
    let length = 0;
    const finish = () => {
      resolve({ bytes: Buffer.concat(kept).subarray(0, KEPT_BODY), truncated: length > KEPT_BODY });
    };
    message.on("data", (chunk: Buffer) => {
      if (length < KEPT_BODY) kept.push(chunk);
      length += chunk.length;
      if (length > LONGEST_BODY) {
        message.pause();
        finish();
      }
    });
    message.on("end", finish);
    message.on("error", reject);
    message.on("close", () => {
      // Creating an unused error would cost as much as the rest of this function.
      if (!message.complete) reject(new Error("the sender broke off"));
    });
  });
}
