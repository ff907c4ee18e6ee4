/** Clients of Gladly and Stella that end what they do before the function does. */
import type { RelayConfiguration } from "../../contract/relay-configuration";
import { GladlyClient } from "../../vendors/gladly/client";
import { StellaClient } from "../../vendors/stella/client";
import type { StellaOutcome } from "../../vendors/stella/outcome";
import type { Stella } from "../ports";
import type { AwsSecrets } from "./aws-secrets";
import type { TimeLeft } from "./time-left";

/** Milliseconds that a survey request needs: 10 s for Stella's answer and 2 s to record it (docs/vendors/aws-relay.md section 5). */
export const SENDING = 12_000;
/** Milliseconds for one call to Gladly with its retries. */
const GLADLY_DEADLINE = 6_000;
/** Milliseconds that Gladly's client may still spend on giving up once its time is over. */
const GIVING_UP = 1_500;

/**
 * @param reserve milliseconds of an invocation that calls to Gladly must leave
 */
export function gladlyOf(
  configuration: Pick<RelayConfiguration, "gladly">,
  secrets: Pick<AwsSecrets, "gladlyToken" | "doubtGladlyToken">,
  time: TimeLeft,
  reserve: number,
): GladlyClient {
  const { url, user, requestsPerSecond } = configuration.gladly;
  const inTime: typeof fetch = async (input, init) => {
    const left = Math.min(GLADLY_DEADLINE, time.without(reserve + GIVING_UP));
    const end = AbortSignal.timeout(Math.floor(left));
    const signal = init?.signal ? AbortSignal.any([init.signal, end]) : end;
    const response = await fetch(input, { ...init, signal });
    if (response.status === 401) secrets.doubtGladlyToken();
    return response;
  };
  return new GladlyClient({
    ...{ baseUrl: url, user, requestsPerSecond, token: () => secrets.gladlyToken() },
    ...{ fetch: inTime, deadline: GLADLY_DEADLINE, attemptTimeout: GLADLY_DEADLINE },
  });
}

/** Sends nothing when the function might be ended before the answer is recorded: that would be a lost answer. */
export function stellaOf(configuration: Pick<RelayConfiguration, "stella">, time: TimeLeft): Stella {
  const client = new StellaClient({ baseUrl: configuration.stella.url });
  const outOfTime = (): StellaOutcome | undefined =>
    time.without(SENDING) > 0
      ? undefined
      : { kind: "unavailable", detail: "too little of the function's time was left for a request" };
  return {
    request: async (apiKey, body) => outOfTime() ?? client.request(apiKey, body),
    forward: async (apiKey, event) => outOfTime() ?? client.forward(apiKey, event),
  };
}
