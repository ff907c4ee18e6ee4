/** The webhooks and topics that an organization has now. */

import type { Terminal } from "../../cli/command";
import type { Environment } from "../../environment";
import { GladlyClient } from "../../vendors/gladly/client";
import type { Topic, Webhook } from "../../vendors/gladly/wire";
import { gladlyToken } from "../shared/vendor-access";

/** Milliseconds for one call to Gladly with its retries. */
const DEADLINE = 20_000;

export interface InGladly {
  readonly webhooks: readonly Webhook[];
  readonly topics: readonly Topic[];
}

/** @throws CommandError, SecretUnreadable, GladlyRefusal, GladlyUnreachable */
export async function readInGladly(environment: Environment, { env, stop }: Terminal): Promise<InGladly> {
  const { url: baseUrl, user } = environment.gladly;
  const token = await gladlyToken(environment, env);
  const gladly = new GladlyClient({ baseUrl, user, token, deadline: DEADLINE, signal: stop });
  const [webhooks, topics] = await Promise.all([gladly.webhooks(), gladly.topics()]);
  return { webhooks, topics };
}
