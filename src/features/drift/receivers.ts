/** Where webhooks deliver, without the parts of an address that may be a secret of the receiver. */
import { RELAY_WEBHOOK_PATH } from "../../contract/webhook-address";

/** Hosts of Stella Connect end in this (docs/vendors/stella-connect-api.md section 1). */
const STELLA = "stellaconnect.net";

/** `stella`: Stella Connect itself. `ours`: the relay that this environment's webhook delivers to. `relay`: another one. */
export type Receiver = "stella" | "ours" | "relay" | "other";

/** @param own the address of this environment's own webhook; undefined if there is none */
export function receiverOf(url: string, stellaUrl: string, own: string | undefined): Receiver {
  const there = parsed(url);
  if (there === undefined) return "other";
  const host = there.hostname.replace(/\.$/, "");
  const stella = parsed(stellaUrl);
  if (host === STELLA || host.endsWith(`.${STELLA}`) || there.host === stella?.host) return "stella";
  const ours = own === undefined ? undefined : parsed(own);
  if (ours !== undefined && there.host === ours.host && pathOf(there) === pathOf(ours)) return "ours";
  return pathOf(there).endsWith(RELAY_WEBHOOK_PATH) ? "relay" : "other";
}

/** The host of an address; with its path where the host is one we know. */
export function placeOf(url: string, known?: string): string {
  const there = parsed(url);
  if (there === undefined) return "an invalid address";
  return known !== undefined && parsed(known)?.host === there.host ? `${there.host}${there.pathname}` : there.host;
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, "").toLowerCase();
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
