/**
 * The functions' environment variables: addresses, and names of secrets. What each function asks for is written in its
 * own code; a test compares both.
 */
import type { AwsEnvironment } from "../../environment/schema";
import { EventQueue } from "./event-queue";
import { LedgerTable } from "./ledger-table";
import type { Place } from "./place";
import { SECRETS, stellaSecret } from "./secret-names";
import { sizingOf } from "./sizing";

type Variables = Readonly<Record<string, string>>;

export interface RelayVariables {
  readonly ingest: Variables;
  readonly worker: Variables;
  /** Besides the public address, which is only known once the endpoint is. */
  readonly watchdog: Variables;
}

export function relayVariables(place: Place, environment: AwsEnvironment): RelayVariables {
  const names = EventQueue.names(place);
  const { gladlyShares } = sizingOf(environment);
  const configuration = configurationOf(environment);
  /** What a function is told besides, of the policy and of the requests that it may make. */
  const told = (more: object) => ({ RELAY_CONFIGURATION: JSON.stringify({ ...configuration, ...more }) });
  const share = (requestsPerSecond: number | undefined) =>
    requestsPerSecond === undefined ? {} : { gladly: { ...configuration.gladly, requestsPerSecond } };
  const common = { ...told({}), RELAY_QUEUE_URL: place.queueUrl(names.main) };
  const reading = {
    RELAY_LEDGER_TABLE: LedgerTable.tableName(place),
    RELAY_GLADLY_SECRET: place.secretName(SECRETS.gladly),
  };
  return {
    ingest: { ...common, RELAY_INBOUND_SECRET: place.secretName(SECRETS.inbound) },
    worker: {
      ...common,
      ...reading,
      // The worker alone decides, so a change of the policy touches nothing but it.
      ...told({
        ...share(gladlyShares?.worker),
        ...(environment.policy === undefined ? {} : { policy: environment.policy }),
      }),
      RELAY_PARKED_QUEUE_URL: place.queueUrl(names.parked),
      RELAY_STELLA_SECRET: place.secretName(stellaSecret(environment.surveyMode)),
      RELAY_SURVEY_MODE: environment.surveyMode,
    },
    watchdog: {
      ...common,
      ...reading,
      ...told(share(gladlyShares?.watchdog)),
      RELAY_PROBE_SECRET: place.secretName(SECRETS.probe),
      ...(bringsFeedback(environment)
        ? {
            RELAY_STELLA_SECRET: place.secretName(stellaSecret(environment.surveyMode)),
            RELAY_STELLA_API_SECRET: place.secretName(SECRETS.stellaApiSecret),
          }
        : {}),
    },
  };
}

/** Whether survey answers are brought back: Stella collects none of test surveys (docs/vendors/stella-connect-api.md section 6). */
export function bringsFeedback(environment: AwsEnvironment): boolean {
  return environment.policy?.feedback === true && environment.surveyMode === "production";
}

/**
 * What the relay is to do, as its own schema reads it. The survey mode is told to the worker alone, so that going live
 * changes the worker and nothing besides.
 */
function configurationOf(environment: AwsEnvironment) {
  return {
    version: 1,
    environment: environment.name,
    delivery: environment.delivery,
    gladly: { url: environment.gladly.url, user: environment.gladly.user },
    stella: environment.stella,
    webhook: { username: "connect" },
    doNotSendTopic: environment.topic.name,
  };
}
