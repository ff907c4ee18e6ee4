/**
 * What the relay's HTTP servers share: no input ends the process, and slow senders do not block others.
 *
 * Node calls a request handler outside any promise, so an exception ends the process. Here a handler gets a parsed target,
 * and an exception becomes an answer.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Maximum number of open connections. */
export const MOST_CONNECTIONS = 1024;

const LIMITS = {
  // Gladly waits 15 s for an answer. Sending one of its bodies never takes longer.
  headersTimeout: 5_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // Node's own 30 s would let a slow sender hold its connection six times as long as the limits above say.
  connectionsCheckingInterval: 1_000,
};

/** A request and the parts of its target. */
export interface HttpRequest {
  readonly method: string;
  /** As sent, beginning with a slash, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The requested host with its port, as sent: from the target, else from the Host header. */
  readonly host: string | undefined;
  readonly message: IncomingMessage;
}

export interface HttpServerOptions {
  readonly handle: (request: HttpRequest, response: ServerResponse) => Promise<void>;
  /** Called with each error that `handle` threw. The request was answered 500. */
  readonly failed?: (error: unknown) => void;
  /** Called for each connection that was closed because there were too many. */
  readonly crowded?: () => void;
  /** @default 1024 */
  readonly mostConnections?: number;
}

export function createHttpServer(options: HttpServerOptions): Server {
  const server = createServer(LIMITS, (message, response) => {
    answer(message, response, options).catch((error: unknown) => {
      options.failed?.(error);
      if (response.headersSent) response.destroy();
      else respond(response, 500, "internal error\n");
    });
  });
  // Without a listener Node closes the connection without an answer.
  server.on("connect", (_message, socket) => {
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  });
  makeRoom(server, options.mostConnections ?? MOST_CONNECTIONS, options.crowded ?? (() => undefined));
  return server;
}

/** Answers with text, or with JSON already written as text. */
export function respond(response: ServerResponse, status: number, body: string, type = "text/plain"): void {
  // The rest of an unread body would be parsed as the next request.
  if (!response.req.complete) response.setHeader("connection", "close");
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

async function answer(message: IncomingMessage, response: ServerResponse, options: HttpServerOptions): Promise<void> {
  // Several Host headers are ambiguous (RFC 9112 section 3.2).
  const hosts = message.headersDistinct.host ?? [];
  const target = hosts.length > 1 ? undefined : readTarget(message.url ?? "", hosts[0]);
  if (target === undefined) return respond(response, 400, "bad request\n");
  await options.handle({ ...target, method: message.method ?? "", message }, response);
}

/**
 * The parts of a request target (RFC 9112 section 3.2): origin form, absolute form, or the asterisk of OPTIONS.
 *
 * @param host value of the Host header; an absolute target overrides it
 * @returns undefined if it is none of them
 */
export function readTarget(
  target: string,
  host: string | undefined,
): Pick<HttpRequest, "path" | "query" | "host"> | undefined {
  if (target === "*") return { path: "*", query: new URLSearchParams(), host };
  if (target.startsWith("/")) return { ...split(target), host };
  const absolute = /^https?:\/\/(?<authority>[^/?#@\s]+)(?<rest>[/?].*)?$/is.exec(target)?.groups;
  if (absolute?.authority === undefined) return undefined;
  const rest = absolute.rest ?? "/";
  return { ...split(rest.startsWith("/") ? rest : `/${rest}`), host: absolute.authority };
}

function split(target: string): Pick<HttpRequest, "path" | "query"> {
  const mark = target.indexOf("?");
  if (mark < 0) return { path: target, query: new URLSearchParams() };
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}

/**
 * If all connections are in use, closes the one that has been silent longest, but never one whose request is being answered.
 * A limit per peer would not help: behind a reverse proxy all peers have the same address.
 */
function makeRoom(server: Server, most: number, crowded: () => void): void {
  /** Longest silent first. */
  const silent = new Set<Socket>();
  let open = 0;
  server.on("connection", (socket: Socket) => {
    if (open >= most) {
      crowded();
      const [longest] = silent;
      (longest ?? socket).destroy();
      if (longest === undefined) return;
      silent.delete(longest);
    }
    open += 1;
    silent.add(socket);
    socket.on("close", () => {
      silent.delete(socket);
      open -= 1;
    });
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    silent.delete(socket);
    response.on("close", () => {
      if (!socket.destroyed) silent.add(socket);
    });
  });
}
