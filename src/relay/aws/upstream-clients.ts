/** Clients of Gladly and Stella whose calls end before the function times out. */
import type { RelayConfiguration } from "../../contract/relay-configuration";
import { GladlyClient } from "../../vendors/gladly/client";
import { StellaClient } from "../../vendors/stella/client";
import type { StellaOutcome } from "../../vendors/stella/outcome";
import type { Stella } from "../ports";
import type { AwsSecrets } from "./aws-secrets";
import type { TimeLeft } from "./time-left";

/** Milliseconds for a survey request: 10 s for Stella's answer and 2 s to record it (docs/vendors/aws-relay.md section 5). */
export const SURVEY_REQUEST_MS = 12_000;
/** Milliseconds for one call to Gladly with its retries. */
const GLADLY_DEADLINE_MS = 6_000;
/** Milliseconds that Gladly's client may need after its deadline to give up. */
const GIVE_UP_MS = 1_500;

/**
 * @param reserve milliseconds of the invocation that calls to Gladly must leave unused
 */
export function gladlyOf(
  configuration: Pick<RelayConfiguration, "gladly">,
  secrets: Pick<AwsSecrets, "gladlyToken" | "doubtGladlyToken">,
  time: TimeLeft,
  reserve: number,
): GladlyClient {
  const { url, user, requestsPerSecond } = configuration.gladly;
  const fetchInTime: typeof fetch = async (input, init) => {
    const left = Math.min(GLADLY_DEADLINE_MS, time.without(reserve + GIVE_UP_MS));
    const end = AbortSignal.timeout(Math.floor(left));
    const signal = init?.signal ? AbortSignal.any([init.signal, end]) : end;
    const response = await fetch(input, { ...init, signal });
    if (response.status === 401) secrets.doubtGladlyToken();
    return response;
  };
  return new GladlyClient({
    ...{ baseUrl: url, user, requestsPerSecond, token: () => secrets.gladlyToken() },
    ...{ fetch: fetchInTime, deadline: GLADLY_DEADLINE_MS, attemptTimeout: GLADLY_DEADLINE_MS },
  });
}

/** Sends nothing when the function could time out before it records the answer, because the answer would be lost. */
export function stellaOf(configuration: Pick<RelayConfiguration, "stella">, time: TimeLeft): Stella {
  const client = new StellaClient({ baseUrl: configuration.stella.url });
  const outOfTime = (): StellaOutcome | undefined =>
    time.without(SURVEY_REQUEST_MS) > 0
      ? undefined
      : { kind: "unavailable", detail: "the function had too little time left for a request" };
  return {
    request: async (apiKey, body) => outOfTime() ?? client.request(apiKey, body),
    forward: async (apiKey, event) => outOfTime() ?? client.forward(apiKey, event),
  };
}
