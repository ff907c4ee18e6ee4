/**
 * `fetch` for the Gladly client over node:http and node:https: these are loaded anyway, start faster than the built-in
 * fetch, keep connections, and can trust a company's own authority.
 *
 * NODE_EXTRA_CA_CERTS costs 40 ms at every start on Node 20, so the launcher moves it aside (GLADLY_EXTRA_CA_CERTS),
 * and it is honoured here, at the first call over https.
 */
import { readFileSync } from "node:fs";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { rootCertificates } from "node:tls";
import type { Logger } from "./protocol/log";

/** Connections to Gladly at one time: Terraform's own parallelism can be raised by the user without end. */
const MAX_SOCKETS = 16;

export interface FetchOptions {
  /** A PEM file with further authorities to trust. */
  readonly extraAuthorities?: string;
  /** Told of every call: method, path, status and milliseconds; never of headers or bodies. */
  readonly log: Logger;
}

/** Makes a fetch that follows no redirects and takes text bodies, which is all the client uses. */
export function createFetch({ extraAuthorities, log }: FetchOptions): typeof globalThis.fetch {
  const plain = new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  let secure: HttpsAgent | undefined;
  const secureAgent = (): HttpsAgent => {
    secure ??= new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...authorities(extraAuthorities, log) });
    return secure;
  };
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = typeof init.body === "string" ? init.body : undefined;
    const options = {
      method: init.method ?? "GET",
      headers: {
        ...Object.fromEntries(new Headers(init.headers)),
        ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      },
      ...(init.signal ? { signal: init.signal } : {}),
    };
    const begun = performance.now();
    const told = { method: options.method, path: url.pathname };
    return new Promise<Response>((resolve, reject) => {
      const answered = (message: IncomingMessage): void => {
        log.debug("Gladly answered", {
          ...told,
          status: message.statusCode ?? 0,
          milliseconds: Math.round(performance.now() - begun),
        });
        collect(message).then(resolve, reject);
      };
      const call =
        url.protocol === "https:"
          ? httpsRequest(url, { ...options, agent: secureAgent() }, answered)
          : httpRequest(url, { ...options, agent: plain }, answered);
      call.on("error", (error) => {
        log.debug("Gladly did not answer", { ...told, error: error.message });
        reject(init.signal?.aborted ? init.signal.reason : error);
      });
      call.end(body);
    });
  };
}

/** The public authorities and the further ones; a file that cannot be read is told, and not fatal, as in Node itself. */
function authorities(file: string | undefined, log: Logger): { readonly ca?: string[] } {
  if (!file) return {};
  try {
    return { ca: [...rootCertificates, readFileSync(file, "utf8")] };
  } catch (error) {
    log.warn("NODE_EXTRA_CA_CERTS cannot be read and is left out", { file, error: String(error) });
    return {};
  }
}

async function collect(message: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : Buffer.concat(chunks), { status, headers });
}
