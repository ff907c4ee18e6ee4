/** A PING like Gladly's: only the answer 200 lets Gladly switch a webhook on (docs/vendors/gladly-api.md section 7.2). */
import { basicAuthorization } from "../../contract/basic-auth";
import { PING } from "../../contract/event-types";
import { GLADLY_PATIENCE_MS } from "../../contract/time-limits";

/** A PING to send. */
export interface Ping {
  /** The address that Gladly would deliver to. */
  readonly url: string;
  /** User name of its Basic authentication. */
  readonly username: string;
  /** Password of its Basic authentication. */
  readonly password: string;
  /** The event's id. */
  readonly id: string;
  /** The event's time, in milliseconds since the epoch. */
  readonly now: number;
  /** Further fields of the event. @default none */
  readonly marks?: Readonly<Record<string, unknown>>;
}

/**
 * Sends it, and waits as long as Gladly would.
 *
 * @returns the status
 * @throws Error of `fetch`: named TimeoutError if there was no answer in time
 */
export async function sendPing({ url, username, password, id, now, marks = {} }: Ping): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(GLADLY_PATIENCE_MS),
    headers: { authorization: basicAuthorization(username, password), "content-type": "application/json" },
    body: JSON.stringify({ id, type: PING, timestamp: new Date(now).toISOString(), ...marks }),
  });
  await response.arrayBuffer();
  return response.status;
}
