/**
 * The socket that Terraform connects to: a unix socket if the system has them, else TCP on 127.0.0.1. It uses mutual TLS and
 * accepts only the certificate that Terraform announced.
 */
import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import type { Certificate } from "./certificate";
import type { Address } from "./handshake";

/** Options of {@link listen}. */
export interface ListenOptions {
  /** Without it, serves plain text. */
  readonly tls?: { readonly own: Certificate; readonly peer: string };
  /** If undefined, uses a unix socket. */
  readonly ports?: { readonly from: number; readonly to: number };
  /** Parent of the private folder for the unix socket. @default the system's folder for temporary files */
  readonly socketFolder?: string;
  /** Called with an accepted connection. */
  onConnection(socket: Socket): void;
  /** Called with the reason for a refused connection. The listener continues. */
  onRefused(reason: string): void;
}

/** A socket that accepts connections. */
export interface Listener {
  /** Where it listens, for the handshake line. */
  readonly address: Address;
  /** Accepts no further connections. Open ones stay open. */
  close(): void;
}

/**
 * Opens the socket.
 *
 * @throws Error if no port of the range is free, or the socket cannot be created
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const server = options.tls ? secureServer(options.tls, options) : createServer(options.onConnection);
  if (options.ports) return listenTcp(server, options.ports);
  return listenUnix(server, options.socketFolder);
}

/**
 * `ca: []` prevents Node from building its store of public roots, which costs 20 to 24 ms (docs/vendors/terraform-provider.md
 * trap 3). Instead the peer's certificate is compared byte for byte, which is stricter than a chain. The handshake proves
 * that the peer has the key.
 */
function secureServer(tls: NonNullable<ListenOptions["tls"]>, options: ListenOptions): Server {
  const pinned = new X509Certificate(tls.peer).raw;
  const server = createTlsServer(
    {
      key: tls.own.privateKey,
      cert: tls.own.certificate,
      minVersion: "TLSv1.2",
      requestCert: true,
      rejectUnauthorized: false,
      ca: [],
      ALPNProtocols: ["h2"],
    },
    (socket: TLSSocket) => {
      const peer = socket.getPeerX509Certificate()?.raw;
      if (peer?.equals(pinned)) return options.onConnection(socket);
      options.onRefused(peer ? "the client's certificate is not the one announced" : "the client has no certificate");
      socket.destroy();
    },
  );
  server.on("tlsClientError", (error) => options.onRefused(error.message));
  return server;
}

/** Creates the socket in a folder that only this user can enter. Its path stays under a socket's limit of 100 bytes. */
async function listenUnix(server: Server, socketFolder: string | undefined): Promise<Listener> {
  const folder = mkdtempSync(join(socketFolder ?? tmpdir(), "tfp-"));
  const path = join(folder, "s");
  await started(server, () => server.listen(path));
  chmodSync(path, 0o700);
  return {
    address: { network: "unix", path },
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first free port of the range. */
async function listenTcp(server: Server, { from, to }: { from: number; to: number }): Promise<Listener> {
  const host = "127.0.0.1";
  for (let port = from; port <= to; port += 1) {
    try {
      await started(server, () => server.listen(port, host));
      const bound = server.address();
      const actual = typeof bound === "object" && bound !== null ? bound.port : port;
      return { address: { network: "tcp", host, port: actual }, close: () => void server.close() };
    } catch (error) {
      const inUse = typeof error === "object" && error !== null && "code" in error && error.code === "EADDRINUSE";
      if (!inUse) throw error;
    }
  }
  throw new Error(`No free port on ${host} between ${from} and ${to}, the range that Terraform gave.`);
}

function started(server: Server, listenNow: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error) => {
      server.off("error", done);
      server.off("listening", done);
      if (error) reject(error);
      else resolve();
    };
    server.on("error", done);
    server.on("listening", done);
    listenNow();
  });
}
