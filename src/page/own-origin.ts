/**
 * Protects a server on loopback: only its own pages and programs on this machine may use it. A page from elsewhere, even from
 * another port of this machine, may neither control nor read it.
 */
import type { IncomingHttpHeaders } from "node:http";

/** Names of this machine. Any other name in `Host` means that a web page's own name points here (DNS rebinding). */
const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i;

/** Whether a request used one of this machine's own names. */
export function isLoopbackHost(host: string | undefined, port?: number): boolean {
  const match = LOOPBACK.exec(host ?? "");
  return match !== null && (port === undefined || Number(match[2] ?? 80) === port);
}

/**
 * Whether a request comes from a program on this machine, or from a page of this server.
 *
 * @param host the requested host, as sent
 * @param port the port of this server
 */
export function isOwnRequest(
  headers: Pick<IncomingHttpHeaders, "origin"> & { readonly "sec-fetch-site"?: string | string[] | undefined },
  host: string | undefined,
  port: number | undefined,
): boolean {
  if (!isLoopbackHost(host, port)) return false;
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined) return origin.toLowerCase() === `http://${host}`.toLowerCase();
  // A browser without an origin sends the relation of the sites. `none` means that a person typed the address.
  return site === undefined || site === "same-origin" || site === "none";
}
