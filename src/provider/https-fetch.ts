/**
 * `fetch` for the Gladly client over node:http and node:https. They are loaded anyway, start faster than the built-in fetch,
 * keep connections open, and can trust a company's own authority. If a variable names a proxy, requests go through
 * proxied-fetch.ts instead.
 *
 * NODE_EXTRA_CA_CERTS costs 40 ms at every start on Node 20, so the launcher renames it (GLADLY_EXTRA_CA_CERTS), and this
 * module reads it at the first call over https.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { messageOf } from "../contract/error-message";
import { proxyFor } from "../contract/proxy";
import { codeOf } from "../vendors/gladly/errors";
import { authorities } from "./authorities";
import type { Logger } from "./protocol/log";

/** Maximum number of connections to Gladly: users can raise Terraform's parallelism without limit. */
const MAX_SOCKETS = 16;

export interface FetchOptions {
  /** For proxies and authorities: HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE, SSL_CERT_DIR, NODE_EXTRA_CA_CERTS. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Gets method, path, status and milliseconds of every call, never headers or bodies. */
  readonly log: Logger;
}

type Send = (url: URL, init: RequestInit) => Promise<Response>;

/** Creates a fetch that follows no redirects and accepts text bodies, which is all the client needs. */
export function createFetch({ environment, log }: FetchOptions): typeof globalThis.fetch {
  const plain = new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  let trusted: string[] | undefined;
  const ca = () => {
    trusted ??= authorities(environment, log);
    return trusted;
  };
  let secure: HttpsAgent | undefined;
  const secureAgent = () => {
    secure ??= new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, ca: ca() });
    return secure;
  };
  const straight: Send = (url, init) => send(url, init, url.protocol === "https:" ? secureAgent() : plain);
  let proxied: Promise<Send> | undefined;
  const through = (proxy: URL): Promise<Send> => {
    proxied ??= import("./proxied-fetch.js").then(({ proxiedFetch }) => proxiedFetch(proxy, ca()));
    return proxied;
  };
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const proxy = proxyFor(url, environment);
    const begun = performance.now();
    const call = { method: init.method ?? "GET", path: url.pathname, ...(proxy ? { proxy: proxy.host } : {}) };
    try {
      const answer = await (proxy ? (await through(proxy))(url, init) : straight(url, init));
      const milliseconds = Math.round(performance.now() - begun);
      log.debug("Gladly answered", { ...call, status: answer.status, milliseconds });
      return answer;
    } catch (error) {
      const reason = init.signal?.aborted ? init.signal.reason : error;
      log.debug("Gladly did not answer", { ...call, error: deepest(reason) });
      throw proxy ? new ProxiedFailure(proxy, reason) : reason;
    }
  };
}

/** A failed request through a proxy. The proxy may be the cause. */
class ProxiedFailure extends Error {
  readonly code: string;

  constructor(proxy: URL, cause: unknown) {
    super(`through the proxy ${proxy.protocol}//${proxy.host}: ${deepest(cause)}`);
    const refused = /^Proxy response/.test(deepest(cause));
    // If the proxy refused the connection, nothing was sent.
    this.code = refused ? "ECONNREFUSED" : codeOf(cause);
    if (codeOf(cause) === "" && cause instanceof Error) this.name = cause.name;
  }
}

/** The message of the root cause: "fetch failed" alone helps no one. */
function deepest(error: unknown): string {
  if (typeof error === "object" && error !== null && "cause" in error && error.cause) return deepest(error.cause);
  return messageOf(error);
}

function send(url: URL, init: RequestInit, agent: HttpAgent): Promise<Response> {
  const body = typeof init.body === "string" ? init.body : undefined;
  const options = {
    agent,
    method: init.method ?? "GET",
    headers: {
      ...Object.fromEntries(new Headers(init.headers)),
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    },
    ...(init.signal ? { signal: init.signal } : {}),
  };
  return new Promise<Response>((resolve, reject) => {
    const request = url.protocol === "https:" ? httpsRequest : httpRequest;
    const call = request(url, options, (message) => collect(message).then(resolve, reject));
    call.on("error", reject);
    call.end(body);
  });
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
