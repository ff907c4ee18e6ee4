/** The watchdog function, every five minutes: finds closes that were never delivered, and looks whether Gladly still can. */
import { randomUUID } from "node:crypto";
import { lookUpFailure } from "../failures";
import type { Chance, Clock, Queue } from "../ports";
import { type Reconciled, reconcile } from "../reconcile";
import { AwsSecrets } from "./aws-secrets";
import { DynamoDbLedger } from "./dynamodb-ledger";
import { type FunctionEnvironment, type FunctionVariables, readEnvironment } from "./environment";
import { type Observability, observe } from "./observability";
import { probe } from "./probe";
import { WATCHDOG } from "./requirements";
import { dynamoDbClient } from "./sdk-clients";
import { SqsSender } from "./sqs-sender";
import { type InvocationContext, TimeLeft } from "./time-left";
import { gladlyOf } from "./upstream-clients";

/** Milliseconds kept for enqueueing what was found. */
const ENQUEUEING = 20_000;

const clock: Clock = { now: () => Date.now() };
const chance: Pick<Chance, "id"> = { id: randomUUID };

export interface WatchdogReport {
  /** Whether the public address answered a PING with 200. */
  readonly reachable: boolean;
  readonly reconciled: Reconciled;
}

/** Gladly's history could not be looked through. Lambda counts it among the function's errors, which an alarm is on. */
export class WatchdogFailed extends Error {
  override readonly name = "WatchdogFailed";

  /** Of the cause only what is known to be free of addresses and credentials is told: Lambda logs it. */
  constructor(cause: unknown) {
    const detail = lookUpFailure(cause)?.detail ?? (cause instanceof Error ? cause.name : "unknown");
    super(`the watchdog could not look for missed closes (${detail}); it tries again in five minutes`);
  }
}

export type WatchdogFunction = (event: unknown, context: InvocationContext) => Promise<WatchdogReport>;

/** @throws ConfigurationUnusable at once: nobody waits for the watchdog's answer, and Lambda counts its errors */
export function createWatchdog(variables: FunctionVariables): WatchdogFunction {
  const environment = readEnvironment(WATCHDOG, variables);
  const observability = observe(WATCHDOG.name, environment.configuration.environment);
  const time = new TimeLeft();
  const watch = watcher(environment, observability, time);
  return async (_event, context) => {
    observability.begin(context);
    time.begin(context);
    try {
      return await watch();
    } finally {
      observability.flush();
    }
  };
}

function watcher(environment: FunctionEnvironment, observability: Observability, time: TimeLeft) {
  const { configuration, region } = environment;
  const { metrics, log } = observability;
  const url = environment.value("RELAY_PUBLIC_URL");
  const here = { ...configuration, webhook: { ...configuration.webhook, url } };
  const secrets = new AwsSecrets({ environment, clock, metrics, log });
  const ledger = new DynamoDbLedger(dynamoDbClient(region), environment.value("RELAY_LEDGER_TABLE"), clock);
  const sender = new SqsSender(environment);
  const queue: Pick<Queue, "send"> = {
    send: async (envelopes) => {
      await sender.send(envelopes);
      await ledger.enqueued.add(envelopes);
    },
  };
  const gladly = gladlyOf(configuration, secrets, time, ENQUEUEING);
  const probing = {
    ...{ url, username: configuration.webhook.username, metrics, log },
    ...{ password: () => secrets.probePassword(), now: clock.now, id: chance.id },
  };
  return async (): Promise<WatchdogReport> => {
    const home = { configuration: here, gladly, ledger, queue, clock, chance, metrics, log };
    // Both are done whatever becomes of the other: an address that is down makes the look into the history all the more needed.
    const [reachable, reconciled] = await Promise.all([
      probe(probing),
      reconcile(home).catch((error: unknown) => new WatchdogFailed(error)),
    ]);
    if (!(reconciled instanceof WatchdogFailed)) return { reachable, reconciled };
    log("error", "reconcile.failed", { error: reconciled.message });
    throw reconciled;
  };
}
