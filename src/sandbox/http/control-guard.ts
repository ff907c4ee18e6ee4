/**
 * Who may use the control prefix: programs on this machine, and pages that the sandbox itself served. A web page from
 * elsewhere, open in the same browser, must neither steer the sandbox nor read it.
 */
import type { IncomingHttpHeaders } from "node:http";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether the request was addressed to loopback by name, and comes from no page of another origin. */
export function isFromThisMachine(headers: IncomingHttpHeaders): boolean {
  return isLoopback(`http://${headers.host ?? ""}`) && (headers.origin === undefined || isLoopback(headers.origin));
}

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname);
}
