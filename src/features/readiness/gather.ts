/** Reads Gladly, Stella Connect and the relay. Whatever does not answer makes one fact not known. */
import { messageOf } from "../../contract/error-message";
import { RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import type { Environment } from "../../environment";
import { isOnAws } from "../../environment";
import type { GladlyClient } from "../../vendors/gladly/client";
import { gladlyClient, gladlyToken, readProfiles } from "../shared/vendor-access";
import type { Known, ReadinessFacts } from "./facts";
import { keysAreOne, localRelay, localSecrets } from "./gather-local";

/** Half of what Gladly allows the organization, because the relay runs at the same time. */
const REQUESTS_PER_SECOND = 5;

/** @throws when it is stopped */
export async function gather(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ReadinessFacts> {
  const endpoint = endpointOf(environment);
  const now = Date.now();
  const [gladly, profiles, relay] = await Promise.all([
    askGladly(environment, env, signal),
    askStella(environment, env),
    isOnAws(environment) ? readAws(environment, env, now) : readLocal(environment, endpoint, env),
  ]);
  signal.throwIfAborted();
  return { environment, now, endpoint, profiles, keysAreOne: undefined, ...gladly, ...relay };
}

/** AWS's clients are loaded only for an environment on AWS. */
function readAws(...given: Parameters<typeof import("./gather-aws")["lookAtAws"]>) {
  const aws: typeof import("./gather-aws") = require("./gather-aws");
  return aws.lookAtAws(...given);
}

async function readLocal(
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
        ? `check that ${baseUrl} answers, and set GLADLY_TOKEN to an API token of ${user}`
        : `check that ${baseUrl} answers, and that the secret gladly-token is an API token of ${user}`;
      return { known: false, why: sentence(error), remedy };
    }
  };
  const token = () => gladlyToken(environment, env);
  const client = gladlyClient(environment, token, signal, { requestsPerSecond: REQUESTS_PER_SECOND });
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
    ? "set STELLA_API_KEY (the production key) and STELLA_API_SECRET for this one command"
    : `check that ${environment.stella.url} answers, and that the secrets stella-production-key and stella-api-secret are right`;
  return { known: false, why: sentence(read.why), remedy };
}

function sentence(error: unknown): string {
  return `${messageOf(error).replace(/\.$/, "")}.`;
}
