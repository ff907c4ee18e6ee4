/** The ingest function: gets API Gateway's event and answers 200, 401 or 503. It never throws, which would answer 500. */
import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { ConfigurationUnusable } from "../../contract/configuration-unusable";
import { INGEST } from "../../contract/functions";
import { RELAY_WEBHOOK_PATH } from "../../contract/webhook-address";
import { ingest } from "../ingest";
import type { Clock } from "../ports";
import { AwsSecrets } from "./aws-secrets";
import { type FunctionEnvironment, type FunctionVariables, readEnvironment } from "./environment";
import { deliveryOf, GatewayEvent, type GatewayResponse, respond, responseOf } from "./gateway-event";
import { type LambdaFunction, lambdaFunction } from "./lambda-function";
import { type Observability, observe } from "./observability";
import { SqsSender } from "./sqs-sender";
import { TimeLeft } from "./time-left";

const HEALTH_PATH = "/healthz";
/** Ingest accepts deliveries whatever the rest of the configuration says. The worker and the watchdog check all of it. */
const IngestConfiguration = z.looseObject({
  environment: z.string(),
  webhook: z.looseObject({ username: z.string() }),
});
type IngestConfiguration = z.infer<typeof IngestConfiguration>;
/** Milliseconds kept for the answer when storing takes its full time. */
const ANSWERING = 500;
/** Milliseconds kept for storing (three attempts) when reading the secret takes its full time. */
const STORING = 6_500;

const clock: Clock = { now: () => Date.now() };
const chance = { id: randomUUID };

/** Reads the environment once. While it is unusable, every delivery is answered 503, and Gladly retries. */
export function createIngest(variables: FunctionVariables): LambdaFunction<GatewayResponse> {
  let environment: FunctionEnvironment<IngestConfiguration>;
  try {
    environment = readEnvironment(INGEST, variables, IngestConfiguration);
  } catch (error) {
    if (!(error instanceof ConfigurationUnusable)) throw error;
    return unusable(error);
  }
  const observability = observe(INGEST.name, environment.configuration.environment);
  const { metrics, log } = observability;
  const time = new TimeLeft();
  const secrets = new AwsSecrets({ environment, clock, metrics, log, budget: () => time.without(STORING) });
  const queue = new SqsSender(environment, () => time.without(ANSWERING));
  const { username } = environment.configuration.webhook;
  const deps = { queue, secrets, clock, chance, metrics, log };
  return lambdaFunction(observability, time, async (input) => {
    const event = GatewayEvent.safeParse(input);
    if (!event.success) return notAnEvent(observability);
    return withoutDelivery(event.data) ?? responseOf(await ingest(deliveryOf(event.data), username, deps));
  });
}

/** Answers requests that are not deliveries: the health check, and paths without a route in the stack. */
function withoutDelivery(event: GatewayEvent): GatewayResponse | undefined {
  const { method } = event.requestContext.http;
  if (event.rawPath === HEALTH_PATH && method === "GET") return respond(200, "ok\n");
  if (event.rawPath !== RELAY_WEBHOOK_PATH) return respond(404, "not found\n");
  return method === "POST" ? undefined : respond(405, "method not allowed\n", { allow: "POST" });
}

function notAnEvent({ metrics, log }: Observability): GatewayResponse {
  metrics.count("Unavailable");
  log("error", "event.unusable", { expected: "an event of API Gateway's HTTP API, payload format 2.0" });
  return responseOf(503);
}

function unusable(error: ConfigurationUnusable): LambdaFunction<GatewayResponse> {
  const observability = observe(INGEST.name, undefined);
  return lambdaFunction(observability, new TimeLeft(), async () => {
    observability.metrics.count("Unavailable");
    observability.log("error", "configuration.unusable", { detail: error.message });
    return responseOf(503);
  });
}
