/** Asks everybody whom readiness concerns, and judges nothing. Whoever does not answer makes one fact not known. */
import { RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import type { Environment } from "../../environment";
import { isOnAws } from "../../environment";
import { GladlyClient } from "../../vendors/gladly/client";
import { gladlyToken, readProfiles } from "../shared/vendor-access";
import type { Known, ReadinessFacts } from "./facts";
import { keysAreOne, localRelay, localSecrets } from "./gather-local";

/** Milliseconds for one call to Gladly with its retries. */
const DEADLINE = 20_000;
/** Half of what Gladly allows the organization: the relay is at work meanwhile. */
const REQUESTS_PER_SECOND = 5;

/** @throws when the person stopped it */
export async function gather(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ReadinessFacts> {
  const endpoint = endpointOf(environment);
  const now = Date.now();
  const [gladly, profiles, place] = await Promise.all([
    askGladly(environment, env, signal),
    askStella(environment, env),
    isOnAws(environment) ? lookAtAws(environment, env, now) : lookHere(environment, endpoint, env),
  ]);
  signal.throwIfAborted();
  return { environment, now, endpoint, profiles, keysAreOne: undefined, ...gladly, ...place };
}

/** AWS's clients are loaded only where an environment is there. */
function lookAtAws(...given: Parameters<typeof import("./gather-aws")["lookAtAws"]>) {
  const aws: typeof import("./gather-aws") = require("./gather-aws");
  return aws.lookAtAws(...given);
}

async function lookHere(
  environment: Environment,
  endpoint: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Pick<ReadinessFacts, "secrets" | "relay" | "keysAreOne">> {
  return {
    secrets: { known: true, value: localSecrets(environment, env) },
    keysAreOne: keysAreOne(environment, env),
    ...(environment.delivery === "direct" || endpoint === undefined
      ? {}
      : { relay: await localRelay(environment, endpoint, env) }),
  };
}

/** Where the stack has Gladly deliver (src/deploy/stacks/gladly-side.ts). */
function endpointOf({ delivery, stella, relay }: Environment): string | undefined {
  if (delivery === "direct") return `${stella.url}${STELLA_WEBHOOK_PATH}`;
  if (relay.on === "local") return `${relay.url}${RELAY_WEBHOOK_PATH}`;
  return relay.domain === undefined ? undefined : `https://${relay.domain.name}${RELAY_WEBHOOK_PATH}`;
}

async function askGladly(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Pick<ReadinessFacts, "agents" | "webhooks" | "topics">> {
  const { url: baseUrl, user } = environment.gladly;
  const look = async <T>(read: (client: GladlyClient) => Promise<T>): Promise<Known<T>> => {
    try {
      return { known: true, value: await read(client) };
    } catch (error) {
      signal.throwIfAborted();
      const remedy = isOnAws(environment)
        ? `see that ${baseUrl} answers, and that GLADLY_TOKEN is a token of ${user}`
        : `see that ${baseUrl} answers, and that the secret gladly-token is a token of ${user}`;
      return { known: false, why: sentence(error), remedy };
    }
  };
  const token = () => gladlyToken(environment, env);
  const client = new GladlyClient({
    ...{ baseUrl, user, token, signal, deadline: DEADLINE, requestsPerSecond: REQUESTS_PER_SECOND },
  });
  const [agents, webhooks, topics] = await Promise.all([
    look((gladly) => gladly.agents()),
    look((gladly) => gladly.webhooks()),
    look((gladly) => gladly.topics()),
  ]);
  return { agents, webhooks, topics };
}

async function askStella(environment: Environment, env: NodeJS.ProcessEnv): Promise<ReadinessFacts["profiles"]> {
  const read = await readProfiles(environment, env);
  if (read.kind === "read") return { known: true, value: read.profiles };
  const remedy = isOnAws(environment)
    ? "give STELLA_API_KEY (the production key) and STELLA_API_SECRET for this one command"
    : `see that ${environment.stella.url} answers, and that the secrets stella-production-key and stella-api-secret are right`;
  return { known: false, why: `${read.why.replace(/\.$/, "")}.`, remedy };
}

function sentence(error: unknown): string {
  const told = error instanceof Error ? error.message : String(error);
  return `${told.replace(/\.$/, "")}.`;
}
