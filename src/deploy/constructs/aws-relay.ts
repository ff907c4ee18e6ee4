/** The relay on AWS, whole: endpoint, functions, queue, ledger, secrets, watchdog, alarms (docs/vendors/aws-relay.md section 2). */
import { join } from "node:path";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { INGEST, WATCHDOG, WORKER } from "../../contract/functions";
import { SECRETS, stellaSecret } from "../../contract/secrets";
import { LEDGER_DAYS } from "../../contract/time-limits";
import type { AwsEnvironment, WithRelay } from "../../environment/schema";
import { alarmDefinitions } from "./alarm-definitions";
import { AlarmTopics } from "./alarm-topics";
import type { AwsNames } from "./aws-names";
import { Budget } from "./budget";
import { Dashboard } from "./dashboard";
import { EncryptionKey } from "./encryption-key";
import { EventQueue } from "./event-queue";
import { LedgerTable } from "./ledger-table";
import { LogRedaction } from "./log-redaction";
import { permissionsOf } from "./permissions";
import { QueueFeed } from "./queue-feed";
import { RelayAlarms } from "./relay-alarms";
import { RelayFunction } from "./relay-function";
import { relayVariables, syncsSurveyAnswers } from "./relay-variables";
import { SecretContainer } from "./secret-container";
import { sizingOf } from "./sizing";
import { WatchdogSchedule } from "./watchdog-schedule";
import { WebhookEndpoint } from "./webhook-endpoint";

/** Settings of {@link AwsRelay}. */
export interface AwsRelayProps {
  /** Names of the relay's resources. */
  readonly aws: AwsNames;
  /** An environment with `relay.on: "aws"` and a delivery that needs a relay. */
  readonly environment: WithRelay<AwsEnvironment>;
  /** Id of the do-not-send topic: the worker recognises it even if it is renamed. */
  readonly doNotSendTopicId: string;
  /** Folder of the built functions: `<folder>/<name>/index.js` and other files. */
  readonly functions: string;
  /** Deliveries for a usual conversation: its close and, if subscribed, the start of its contact. */
  readonly eventsPerConversation: number;
  /** Whether its data may be deleted. @default false */
  readonly removable?: boolean;
}

/**
 * Creates the whole relay of one environment. Secrets are created without values; `relay secrets put` writes the values.
 */
export class AwsRelay extends Construct {
  /** Where Gladly delivers. */
  readonly endpoint: string;
  /** Depend on these: a webhook must not be enabled before its PING can be answered. */
  readonly ready: readonly ITerraformDependable[];
  /** The secrets that are needed to process an event. */
  readonly needed: readonly SecretContainer[];

  constructor(scope: Construct, id: string, props: AwsRelayProps) {
    super(scope, id);
    const { aws, environment, removable = false } = props;
    const { alarms, domain, logRetentionDays: logRetention, runtime, tracing } = environment.relay;
    const sizing = sizingOf(environment, props.eventsPerConversation);

    const kmsKey = EncryptionKey.arnIn(this, aws);
    const secrets = this.secrets(aws, removable, kmsKey);
    this.needed = [secrets.inbound, secrets.gladly, secrets[stellaSecret(environment.surveyMode)]].filter(
      (secret) => secret !== undefined,
    );
    const retentionDays = environment.policy?.retentionDays ?? LEDGER_DAYS;
    const queue = new EventQueue(this, "queue", {
      aws,
      kmsKey,
      removable,
      retentionDays,
      workerTimeout: WORKER.timeout,
    });
    const ledger = new LedgerTable(this, "ledger", { aws, kmsKey, removable });

    const variables = relayVariables(aws, environment);
    const common = { aws, logRetention, runtime, kmsKey, tracing };
    const bundle = (name: string) => join(props.functions, name);
    const ingest = new RelayFunction(this, "ingest", {
      ...common,
      name: INGEST.name,
      description: "Accepts what Gladly delivers: checks who sends it, stores it, answers 200.",
      bundle: bundle(INGEST.name),
      timeout: INGEST.timeout,
      variables: variables.ingest,
      permissions: permissionsOf(INGEST, aws, environment.surveyMode),
    });
    const worker = new RelayFunction(this, "worker", {
      ...common,
      name: WORKER.name,
      description: "Decides about each closed conversation, and asks Stella Connect for the survey.",
      bundle: bundle(WORKER.name),
      timeout: WORKER.timeout,
      variables: { ...variables.worker, RELAY_DO_NOT_SEND_TOPIC_ID: props.doNotSendTopicId },
      permissions: permissionsOf(WORKER, aws, environment.surveyMode),
    });
    new LogRedaction(this, "worker_redaction", { logGroupName: worker.logGroup.name });
    new QueueFeed(this, "feed", { queue, worker, concurrency: sizing.workerConcurrency });

    const { throttleRate, throttleBurst } = sizing;
    const endpoint = new WebhookEndpoint(this, "endpoint", {
      ...{ ...common, throttleRate, throttleBurst },
      ingest,
      ...(domain === undefined ? {} : { domain }),
    });
    this.endpoint = endpoint.url;
    this.ready = endpoint.ready;

    const watchdog = new RelayFunction(this, "watchdog", {
      ...common,
      name: WATCHDOG.name,
      description: "Fetches closes that were never delivered, and notices a webhook that was switched off.",
      bundle: bundle(WATCHDOG.name),
      timeout: WATCHDOG.timeout,
      variables: { ...variables.watchdog, RELAY_PUBLIC_URL: endpoint.url },
      permissions: permissionsOf(WATCHDOG, aws, environment.surveyMode, syncsSurveyAnswers(environment)),
    });
    new WatchdogSchedule(this, "watchdog_schedule", { aws, watchdog, kmsKey });

    const targets = {
      apiId: endpoint.api.id,
      functions: { ingest: ingest.name, worker: worker.name, watchdog: watchdog.name },
      queues: EventQueue.names(aws),
      table: ledger.table.name,
      workerTimeout: WORKER.timeout,
      busyHours: alarms.busyHours,
    };
    const topic = alarms.topic ?? new AlarmTopics(this, "alarm_topics", { aws, kmsKey, email: alarms.email });
    new RelayAlarms(this, "alarm", { aws, topic, definitions: alarmDefinitions(targets) });
    new Dashboard(this, "dashboard", { aws, targets });
    new Budget(this, "budget", { aws, monthly: alarms.budget, email: alarms.email });
  }

  private secrets(
    aws: AwsNames,
    removable: boolean,
    kmsKey: string | undefined,
  ): Readonly<Record<string, SecretContainer>> {
    const container = (name: string, description: string) =>
      new SecretContainer(this, `secret_${name.replaceAll("-", "_")}`, { aws, kmsKey, name, description, removable });
    return {
      inbound: container(SECRETS.inbound, "How the webhook's passwords are recognised. Read by ingest."),
      gladly: container(SECRETS.gladly, "Gladly's API token. Read by worker and watchdog."),
      probe: container(SECRETS.probe, "A password of the webhook, to probe the endpoint with. Read by watchdog."),
      [SECRETS.stellaTest]: container(SECRETS.stellaTest, "Stella Connect's test key. Read by worker in test mode."),
      [SECRETS.stellaProduction]: container(
        SECRETS.stellaProduction,
        "Stella Connect's production key. Read by worker in production mode, and by nothing before.",
      ),
      // Always created, even if answers are not copied: otherwise that setting would delete it with its value.
      [SECRETS.stellaApiSecret]: container(
        SECRETS.stellaApiSecret,
        "Stella Connect's API secret, which signs reads. Read by watchdog in production mode, where it copies answers.",
      ),
    };
  }
}
