/**
 * Posts a PING to the public address, as Gladly does. Every five minutes a 200 proves from outside that address,
 * certificate, gateway, password and queue work (docs/vendors/aws-relay.md section 2).
 */
import { errorName } from "../../contract/error-message";
import { sendPing } from "../../vendors/gladly/ping";
import { PROBE } from "../envelope";
import type { Log, Metrics } from "../ports";

export interface ProbeOptions {
  /** The address that Gladly delivers to. */
  readonly url: string;
  readonly username: string;
  readonly password: () => Promise<string>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly id: () => string;
}

/** @returns whether the answer was 200 */
export async function probe(options: ProbeOptions): Promise<boolean> {
  const outcome = await post(options);
  if (outcome === 200) return true;
  options.metrics.count("ProbeFailed");
  options.log("error", "probe.failed", {
    answer: outcome,
    remedy:
      "check the ingest function's log, the address and the probe secret: Gladly's deliveries fail in the same way",
  });
  return false;
}

/** The status, or the error's name when there is no answer. */
async function post({ url, username, password, now, id }: ProbeOptions): Promise<number | string> {
  try {
    return await sendPing({ url, username, password: await password(), id: id(), now: now(), marks: PROBE });
  } catch (error) {
    return errorName(error);
  }
}
