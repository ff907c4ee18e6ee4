/** Starts and ends an HTTP server on the loopback interface. */
import { once } from "node:events";
import type { Server } from "node:http";

/**
 * @param port 0 picks a free one
 * @returns the address, such as `http://127.0.0.1:8080`
 */
export async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

/** Accepts no new requests, waits for running ones, then closes. */
export async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
}
