/**
 * Accepts a webhook delivery: checks the credentials, stores the body, answers 200. Neither the body nor anything downstream
 * may change the answer: after four failed retries Gladly switches the whole webhook off (docs/vendors/gladly-api.md section 7.1).
 */
import { authenticate } from "./authenticate";
import { type Envelope, wrap } from "./envelope";
import type { Chance, Clock, Log, Metrics, Queue, Secrets, Verifier } from "./ports";

export interface Delivery {
  readonly authorization: string | readonly string[] | undefined;
  /** Identifies the sender in the log of refusals, if known: a hash of its address. */
  readonly source?: string;
  /** Reads the body; called for authentic deliveries only. Rejects if the sender disconnects. */
  body(): Promise<{ readonly bytes: Uint8Array; readonly truncated: boolean }>;
}

export interface IngestDeps {
  readonly queue: Pick<Queue, "send">;
  readonly secrets: Pick<Secrets, "webhookVerifiers">;
  readonly clock: Clock;
  readonly chance: Pick<Chance, "id">;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** 200: stored. 401: wrong credentials. 503: it cannot be stored or checked now, so Gladly should retry. */
export type IngestStatus = 200 | 401 | 503;

/** @param username the webhook's Basic user */
export async function ingest(delivery: Delivery, username: string, deps: IngestDeps): Promise<IngestStatus> {
  let verifier: Verifier | undefined;
  try {
    verifier = await recognise(delivery.authorization, username, deps);
  } catch (error) {
    // Never 401: that would blame Gladly for a secret that we cannot read.
    return unavailable(deps, "credentials", error);
  }
  if (verifier === undefined) {
    deps.metrics.count("AuthFailed");
    deps.log("warn", "ingest.refused", delivery.source === undefined ? {} : { source: delivery.source });
    return 401;
  }
  try {
    const { bytes, truncated } = await delivery.body();
    await deps.queue.send([envelope(bytes, truncated, deps)]);
  } catch (error) {
    return unavailable(deps, "store", error);
  }
  deps.metrics.count("Accepted");
  deps.metrics.count("VerifierUsed", { verifier: verifier.id });
  return 200;
}

async function recognise(
  header: Delivery["authorization"],
  username: string,
  deps: IngestDeps,
): Promise<Verifier | undefined> {
  const verifiers = await deps.secrets.webhookVerifiers();
  const match = authenticate(header, username, verifiers);
  if (match !== undefined) return match;
  // The password may just have been rotated.
  const fresh = await deps.secrets.webhookVerifiers(true);
  return fresh === verifiers ? undefined : authenticate(header, username, fresh);
}

function envelope(bytes: Uint8Array, truncated: boolean, deps: IngestDeps): Envelope {
  return wrap(deps.chance.id(), deps.clock.now(), bytes, { truncated });
}

function unavailable(deps: IngestDeps, part: string, error: unknown): 503 {
  deps.metrics.count("Unavailable");
  deps.log("error", "ingest.unavailable", { part, error: error instanceof Error ? error.message : "unknown" });
  return 503;
}
