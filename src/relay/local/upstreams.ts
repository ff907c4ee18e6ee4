/** Clients of Gladly and Stella for a configuration, on one machine. */
import type { RelayConfiguration } from "../../contract/relay-configuration";
import { GladlyClient } from "../../vendors/gladly/client";
import { StellaClient } from "../../vendors/stella/client";
import type { Secrets } from "../ports";

/** Milliseconds for one call to Gladly with its retries. A claim's lease must cover several of them. */
const GLADLY_DEADLINE = 8_000;

export function gladlyOf(configuration: RelayConfiguration, secrets: Pick<Secrets, "gladlyToken">): GladlyClient {
  const { url, user, requestsPerSecond } = configuration.gladly;
  const token = () => secrets.gladlyToken();
  return new GladlyClient({ baseUrl: url, user, token, requestsPerSecond, deadline: GLADLY_DEADLINE });
}

export function stellaOf(configuration: RelayConfiguration): StellaClient {
  return new StellaClient({ baseUrl: configuration.stella.url });
}
