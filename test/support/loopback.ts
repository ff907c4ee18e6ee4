/** A server for one test, on a free port of the loopback interface. */
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";

export interface Loopback extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** Frees the port at once and ends open connections. */
  close(): Promise<void>;
}

/** @param answers the handler of an HTTP server, or a server that does not listen yet. @default a handler that never answers */
export async function loopback(answers: RequestListener | Server = () => undefined): Promise<Loopback> {
  const server = typeof answers === "function" ? createServer(answers) : answers;
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, port, close, [Symbol.asyncDispose]: close };
}

/** An address where nothing listens. */
export async function closedAddress(): Promise<string> {
  await using taken = await loopback();
  return taken.url;
}
