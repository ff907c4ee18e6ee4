/**
 * The life of a provider process: handshake, calls, end.
 *
 * Terraform starts the provider three times per plan. So it writes the handshake line first, and loads gRPC and the resources
 * while Terraform connects.
 */
import type { Socket } from "node:net";
import { createLogger, type Logger, levelFrom } from "../log";
import type { Calls } from "../rpc/calls";
import { createCertificate } from "./certificate";
import { crashOnFaults } from "./crash";
import type { GrpcOptions, GrpcServer } from "./grpc";
import { handshakeLine, type Invitation } from "./handshake";
import { listen } from "./listener";

/** Options of {@link serve}. */
export interface ServeOptions {
  /** Such as `gladly`; names the log's module. */
  readonly name: string;
  /** Loads everything that is not needed for the handshake. */
  load(log: Logger): Promise<Loaded>;
}

/** The loaded parts of a provider. */
export interface Loaded {
  /** Answers the provider's calls. */
  readonly calls: Calls;
  /** The server, also loaded late, because gRPC takes most of the start. */
  createGrpcServer(options: GrpcOptions): GrpcServer;
  /** Masks every known secret in a text. */
  mask(text: string): string;
}

/** Serves one Terraform process until it has no more calls or has ended. */
export async function serve(invitation: Invitation, options: ServeOptions): Promise<void> {
  const maskCrash = crashOnFaults();
  // Ctrl-C reaches the whole process group. Terraform then asks us to stop. Ending here would lose an object in creation.
  process.on("SIGINT", () => undefined);
  const log = createLogger(`provider.${options.name}`, levelFrom(process.env));

  const waiting: Socket[] = [];
  let accept = (socket: Socket): void => void waiting.push(socket);
  let connections = 0;
  const own = invitation.clientCertificate === undefined ? undefined : createCertificate();
  const listener = await listen({
    ...(own && invitation.clientCertificate ? { tls: { own, peer: invitation.clientCertificate } } : {}),
    ...(invitation.ports ? { ports: invitation.ports } : {}),
    ...(invitation.socketFolder ? { socketFolder: invitation.socketFolder } : {}),
    onConnection: (socket) => {
      connections += 1;
      socket.once("close", () => {
        connections -= 1;
        // Terraform has one connection. When it closes, Terraform has ended.
        if (connections === 0) end(0);
      });
      accept(socket);
    },
    onRefused: (reason) => log.warn("connection refused", { reason }),
  });
  const end = (code: number): void => {
    listener.close();
    process.exit(code);
  };
  // On SIGTERM, Terraform stops gracefully. So while it is connected, only the end of the connection ends the provider.
  process.on("SIGTERM", () => {
    if (connections === 0) end(0);
  });
  watchParent(() => end(0));
  process.stdout.write(`${handshakeLine(listener.address, own?.der)}\n`);

  const { createGrpcServer, calls, mask } = await options.load(log);
  maskCrash(mask);
  const server = createGrpcServer({
    calls,
    onShutdown: () => {
      log.debug("shut down by Terraform");
      end(0);
    },
    log,
  });
  accept = server.accept;
  for (const socket of waiting.splice(0)) accept(socket);
}

/** Ends an orphan without a connection: Terraform may be killed before it connects. */
function watchParent(onParentExit: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onParentExit();
  }, 2000).unref();
}
