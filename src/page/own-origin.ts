/**
 * Who may use a server on loopback through a browser: the pages that this very server served, and programs on this machine.
 * A page from elsewhere, also one on another port of this machine, must neither steer it nor read it.
 */
import type { IncomingHttpHeaders } from "node:http";

/** Names of this machine. Any other name in `Host` means that a web page had its own name point here. */
const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i;

/** Whether a request was addressed to this machine by one of its own names. */
export function isLoopbackHost(host: string | undefined, port?: number): boolean {
  const match = LOOPBACK.exec(host ?? "");
  return match !== null && (port === undefined || Number(match[2] ?? 80) === port);
}

/**
 * Whether a request comes from a program on this machine, or from a page of this server.
 *
 * @param host the host that was asked for, as sent
 * @param port the port that this server listens on
 */
export function isOwnRequest(
  headers: Pick<IncomingHttpHeaders, "origin"> & { readonly "sec-fetch-site"?: string | string[] | undefined },
  host: string | undefined,
  port: number | undefined,
): boolean {
  if (!isLoopbackHost(host, port)) return false;
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined) return origin.toLowerCase() === `http://${host}`.toLowerCase();
  // A browser that sends no origin says where the request comes from; `none` is a person who typed the address.
  return site === undefined || site === "same-origin" || site === "none";
}
