/** A PING like Gladly's: only the answer 200 lets Gladly switch a webhook on (docs/vendors/gladly-api.md section 7.2). */
import { randomUUID } from "node:crypto";
import { PING } from "../../contract/event-types";
import { GLADLY_PATIENCE_MS } from "../../contract/time-limits";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";

/** Milliseconds; Gladly itself waits 15 s. */
/** User name that the webhook is made with (src/deploy/constructs/survey-webhook.ts). */

/** @returns the status, or the reason why there was no answer */
export async function ping(url: string, password: string): Promise<number | string> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(GLADLY_PATIENCE_MS),
      headers: {
        authorization: `Basic ${Buffer.from(`${WEBHOOK_USERNAME}:${password}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ id: randomUUID(), type: PING, timestamp: new Date().toISOString() }),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError" ? "nothing within 15 seconds" : "nothing";
  }
}
