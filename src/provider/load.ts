/** Everything that is not needed for the handshake, behind one dynamic import. */
import { gladlyProvider } from "./gladly.provider";
import type { Logger } from "./protocol/log";
import { type Calls, createCalls } from "./protocol/rpc/calls";
import { Session } from "./protocol/rpc/session";

export function loadCalls(version: string, log: Logger): Calls {
  return createCalls(new Session(gladlyProvider({ version, environment: process.env, log }), log));
}
