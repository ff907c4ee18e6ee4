/** The webhooks and topics that an organization has now. */

import type { Terminal } from "../../cli/command";
import type { Environment } from "../../environment";
import type { Topic, Webhook } from "../../vendors/gladly/wire";
import { gladlyClient, gladlyToken } from "../shared/vendor-access";

export interface InGladly {
  readonly webhooks: readonly Webhook[];
  readonly topics: readonly Topic[];
}

/** @throws CommandError, SecretUnreadable, GladlyRefusal, GladlyUnreachable */
export async function readInGladly(environment: Environment, { env, stop }: Terminal): Promise<InGladly> {
  const gladly = gladlyClient(environment, await gladlyToken(environment, env), stop);
  const [webhooks, topics] = await Promise.all([gladly.webhooks(), gladly.topics()]);
  return { webhooks, topics };
}
