/**
 * Everything that the handshake does not need: gRPC, messages, resources, client. The build puts it into a separate file, so
 * that Node need not read it before the handshake line (src/deploy/build/bundle-provider.ts).
 */
import { gladlyProvider } from "./gladly.provider";
import { type Logger, maskedLogger } from "./protocol/log";
import { createCalls } from "./protocol/rpc/calls";
import { Session } from "./protocol/rpc/session";
import { Secrets } from "./protocol/secrets";
import { createGrpcServer } from "./protocol/transport/grpc";
import type { Loaded } from "./protocol/transport/serve";

export { serveDebug } from "./protocol/transport/debug";

/** The provider's calls, and the function that masks secrets in a text. */
export function load(version: string, log: Logger): Loaded {
  const secrets = new Secrets();
  const mask = (text: string) => secrets.mask(text);
  const masked = maskedLogger(log, mask);
  const provider = gladlyProvider({ version, environment: process.env, log: masked });
  return { calls: createCalls(new Session(provider, masked, secrets)), createGrpcServer, mask };
}
