/**
 * Everything that is not needed for the handshake: gRPC, messages, resources, client. The build keeps it out of what
 * Node has to read before the handshake line (src/deploy/build/bundle-provider.ts).
 */
import { gladlyProvider } from "./gladly.provider";
import type { Logger } from "./protocol/log";
import { createCalls } from "./protocol/rpc/calls";
import { Session } from "./protocol/rpc/session";
import { createGrpcServer } from "./protocol/transport/grpc";
import type { Loaded } from "./protocol/transport/serve";

export { serveDebug } from "./protocol/transport/debug";

export function load(version: string, log: Logger): Loaded {
  const provider = gladlyProvider({ version, environment: process.env, log });
  return { calls: createCalls(new Session(provider, log)), createGrpcServer };
}
