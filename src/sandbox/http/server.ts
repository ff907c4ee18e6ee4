/** An HTTP server on loopback that turns each request into a {@link Call} and writes the {@link Reply}. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Call, Reply } from "./exchange";

/** Another process already listens on the requested port. */
export class SandboxPortInUse extends Error {
  override readonly name = "SandboxPortInUse";
  constructor(
    readonly port: number,
    service: string,
  ) {
    super(
      `The sandbox cannot serve ${service} on 127.0.0.1:${port}: the port is in use. ` +
        "Stop the process that listens there (perhaps another sandbox), or choose another port. 0 picks a free one.",
    );
  }
}

/** Largest accepted request body, in bytes. */
const LARGEST_BODY = 2 * 1024 * 1024;

export class LoopbackServer {
  private constructor(
    private readonly server: Server,
    /** `http://127.0.0.1:<port>`, without a trailing slash. */
    readonly url: string,
  ) {}

  /** @throws SandboxPortInUse when the port is taken */
  static async start(service: string, port: number, answer: (call: Call) => Promise<Reply>): Promise<LoopbackServer> {
    const server = createServer((request, response) => {
      serve(request, response, answer).catch(() => response.destroy());
    });
    // Without this listener Node closes the connection without an answer.
    server.on("connect", (_request, socket) => {
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    });
    // Longer than any client keeps a connection (`fetch`: 10 minutes at most). If the server closed it first, the client's next
    // request could be lost on the way.
    server.keepAliveTimeout = 3_600_000;
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) =>
        reject(error.code === "EADDRINUSE" ? new SandboxPortInUse(port, service) : error),
      );
      // Tests send more closes at once than Node's default backlog of 511. The rest would be reset.
      server.listen({ port, host: "127.0.0.1", backlog: 4096 }, resolve);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error(`${service} has no port after listening.`);
    return new LoopbackServer(server, `http://127.0.0.1:${address.port}`);
  }

  /** Stops listening and ends every open connection. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: Call) => Promise<Reply>,
): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { connection: "close" }).end();
    return;
  }
  const target = readTarget(request);
  if (target === undefined) {
    response.writeHead(400, { connection: "close", "content-length": "0" }).end();
    return;
  }
  const { url, host } = target;
  const reply = await answer({
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    host,
    port: request.socket.localPort,
    body,
  });
  switch (reply.kind) {
    case "cut":
      request.socket.destroy();
      return;
    case "stream":
      reply.open(response);
      return;
    case "answer": {
      // 204 and 304 have no body, and therefore no length.
      const bodiless = reply.status === 204 || reply.status === 304;
      const length = bodiless ? {} : { "content-length": String(Buffer.byteLength(reply.body)) };
      response.writeHead(reply.status, { ...reply.headers, ...length }).end(bodiless ? undefined : reply.body);
      return;
    }
    default:
      return reply satisfies never;
  }
}

/** The request target (RFC 9112 section 3.2). Undefined when it is invalid or there are two `Host` headers. */
function readTarget({ url: target = "", headersDistinct }: IncomingMessage): { url: URL; host?: string } | undefined {
  const [host, ...others] = headersDistinct.host ?? [];
  if (others.length > 0) return undefined;
  try {
    if (target.startsWith("/"))
      return { url: new URL(`http://sandbox${target}`), ...(host === undefined ? {} : { host }) };
    const url = new URL(target);
    return url.protocol === "http:" ? { url, host: url.host } : undefined;
  } catch {
    return undefined;
  }
}

/** The whole body. Undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    length += piece.length;
    if (length > LARGEST_BODY) return undefined;
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}
