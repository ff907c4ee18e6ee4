/** The functions' environment variables: addresses and names of secrets, as the contract lists them. */
import type { INGEST, WATCHDOG, WORKER } from "../../contract/functions";
import type { RelayConfigurationInput } from "../../contract/relay-configuration";
import { SECRETS, stellaSecret } from "../../contract/secrets";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";
import type { AwsEnvironment, WithRelay } from "../../environment/schema";
import type { AwsNames } from "./aws-names";
import { EventQueue } from "./event-queue";
import { LedgerTable } from "./ledger-table";
import { sizingOf } from "./sizing";

/** The required variables of a function, and its optional ones. */
type VariablesOf<F extends { readonly variables: readonly string[]; readonly optional: readonly string[] }> = {
  readonly [Name in F["variables"][number]]: string;
} & { readonly [Name in F["optional"][number]]?: string };

export interface RelayVariables {
  readonly ingest: VariablesOf<typeof INGEST>;
  readonly worker: VariablesOf<typeof WORKER>;
  /** Without the public address, which is known only after the endpoint exists. */
  readonly watchdog: Omit<VariablesOf<typeof WATCHDOG>, "RELAY_PUBLIC_URL">;
}

type SharedConfiguration = Omit<RelayConfigurationInput, "surveyMode">;

export function relayVariables(aws: AwsNames, environment: WithRelay<AwsEnvironment>): RelayVariables {
  const names = EventQueue.names(aws);
  const { gladlyShares } = sizingOf(environment);
  const { policy, surveyMode } = environment;
  const shared = configurationOf(environment);
  const configuration = (more: Partial<SharedConfiguration> = {}) => ({
    RELAY_CONFIGURATION: JSON.stringify({ ...shared, ...more }),
  });
  const share = (requestsPerSecond: number | undefined) =>
    requestsPerSecond === undefined ? {} : { gladly: { ...shared.gladly, requestsPerSecond } };
  const queue = { RELAY_QUEUE_URL: aws.queueUrl(names.main) };
  const reading = {
    RELAY_LEDGER_TABLE: LedgerTable.tableName(aws),
    RELAY_GLADLY_SECRET: aws.secretName(SECRETS.gladly),
  };
  const stella = { RELAY_STELLA_SECRET: aws.secretName(stellaSecret(surveyMode)) };
  return {
    ingest: { ...configuration(), ...queue, RELAY_INBOUND_SECRET: aws.secretName(SECRETS.inbound) },
    worker: {
      // Only the worker decides, so a change of the policy changes only the worker.
      ...configuration({ ...share(gladlyShares?.worker), ...(policy === undefined ? {} : { policy }) }),
      ...queue,
      ...reading,
      RELAY_PARKED_QUEUE_URL: aws.queueUrl(names.parked),
      ...stella,
      RELAY_SURVEY_MODE: surveyMode,
    },
    watchdog: {
      ...configuration(share(gladlyShares?.watchdog)),
      ...queue,
      ...reading,
      RELAY_PROBE_SECRET: aws.secretName(SECRETS.probe),
      ...(syncsSurveyAnswers(environment)
        ? { ...stella, RELAY_STELLA_API_SECRET: aws.secretName(SECRETS.stellaApiSecret) }
        : {}),
    },
  };
}

/** Whether survey answers are copied to Gladly: Stella collects none for test surveys (docs/vendors/stella-connect-api.md section 6). */
export function syncsSurveyAnswers({ policy, surveyMode }: AwsEnvironment): boolean {
  return policy?.feedback === true && surveyMode === "production";
}

/**
 * The relay's configuration. Only the worker gets the survey mode, so that going live changes only the worker.
 */
function configurationOf(environment: WithRelay<AwsEnvironment>): SharedConfiguration {
  return {
    version: 1,
    environment: environment.name,
    delivery: environment.delivery,
    gladly: { url: environment.gladly.url, user: environment.gladly.user },
    stella: environment.stella,
    webhook: { username: WEBHOOK_USERNAME },
    doNotSendTopic: environment.topic.name,
  };
}
