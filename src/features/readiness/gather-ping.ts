/** A PING to the webhook's address, as Gladly sends one. */
import { randomUUID } from "node:crypto";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";
import { sendPing } from "../../vendors/gladly/ping";

/** @returns the status, or the reason why there was no answer */
export async function ping(url: string, password: string): Promise<number | string> {
  try {
    return await sendPing({ url, username: WEBHOOK_USERNAME, password, id: randomUUID(), now: Date.now() });
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError" ? "nothing within 15 seconds" : "nothing";
  }
}
