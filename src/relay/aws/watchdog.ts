/**
 * The watchdog function, every five minutes: finds closes that were never delivered, looks whether Gladly still can, and
 * brings survey answers back where the environment asks for it.
 */
import { randomUUID } from "node:crypto";
import { WATCHDOG } from "../../contract/functions";
import { StellaReader } from "../../vendors/stella/data";
import { StellaReadFailed } from "../../vendors/stella/read";
import { lookUpFailure } from "../failures";
import { type FeedbackDeps, type FeedbackResult, syncSurveyAnswers } from "../feedback";
import { type Chance, type Clock, type Ledger, type Queue, SecretUnreadable } from "../ports";
import { type Reconciled, reconcile } from "../reconcile";
import { beganAt, readMark } from "../relay-time";
import { AwsSecrets } from "./aws-secrets";
import { DynamoDbLedger } from "./dynamodb-ledger";
import { type FunctionEnvironment, type FunctionVariables, readEnvironment } from "./environment";
import { type Observability, observe } from "./observability";
import { probe } from "./probe";
import { dynamoDbClient } from "./sdk-clients";
import { SharedConfiguration } from "./shared-configuration";
import { SqsSender } from "./sqs-sender";
import { type InvocationContext, TimeLeft } from "./time-left";
import { gladlyOf } from "./upstream-clients";

/** Milliseconds kept for enqueueing what was found. */
const ENQUEUEING = 20_000;
/** Milliseconds kept for saying what was done. */
const ENDING = 2_000;
/** Milliseconds without which no further answer is brought back: two calls to Gladly, and a note in the ledger. */
const ANSWER_BUDGET_MS = 8_000;
/** Milliseconds for one page of Stella's answers. */
const STELLA_TIMEOUT = 10_000;

const clock: Clock = { now: () => Date.now() };
const chance: Pick<Chance, "id"> = { id: randomUUID };

/** What a run did; `waiting` where there was nothing to do yet. */
export type WatchdogReport = WatchdogLook | { readonly waiting: "secrets have no value yet" };

export interface WatchdogLook {
  /** Whether the public address answered a PING with 200. */
  readonly reachable: boolean;
  readonly reconciled: Reconciled;
  /** Absent where the environment does not ask for answers, or Stella does not collect them: in test mode. */
  readonly feedback?: FeedbackResult;
}

/** Something could not be looked at. Lambda counts it among the function's errors, which an alarm is on. */
export class WatchdogFailed extends Error {
  override readonly name = "WatchdogFailed";

  /** Of the cause only what is known to be free of addresses and credentials is told: Lambda logs it. */
  constructor(what: string, cause: unknown) {
    const known = cause instanceof StellaReadFailed ? cause.message : lookUpFailure(cause)?.detail;
    const detail = known ?? (cause instanceof Error ? cause.name : "unknown");
    super(`the watchdog could not ${what} (${detail}); it tries again in five minutes`);
  }
}

export type WatchdogFunction = (event: unknown, context: InvocationContext) => Promise<WatchdogReport>;

/** @throws ConfigurationUnusable at once: nobody waits for the watchdog's answer, and Lambda counts its errors */
export function createWatchdog(variables: FunctionVariables): WatchdogFunction {
  const environment = readEnvironment(WATCHDOG, variables, SharedConfiguration);
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

function watcher(environment: FunctionEnvironment<SharedConfiguration>, observability: Observability, time: TimeLeft) {
  const { configuration, region } = environment;
  const { metrics, log } = observability;
  const url = environment.value("RELAY_PUBLIC_URL");
  const here = { ...configuration, webhook: { ...configuration.webhook, url } };
  const secrets = new AwsSecrets({ environment, clock, metrics, log });
  const ledger = new DynamoDbLedger(
    dynamoDbClient(region),
    environment.value("RELAY_LEDGER_TABLE"),
    clock,
    configuration.policy.retentionDays * 86_400_000,
  );
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
  const feedback = feedbackOf(environment, observability, time, { secrets, ledger });
  return async (): Promise<WatchdogReport> => {
    if (await isBeingSetUp(secrets, ledger)) {
      log("info", "setup.waiting", { remedy: "put the values with `relay secrets put`" });
      return { waiting: "secrets have no value yet" };
    }
    const home = { configuration: here, gladly, ledger, queue, clock, chance, metrics, log };
    // Both are done whatever becomes of the other: an address that is down makes the look into the history all the more needed.
    const [reachable, reconciled] = await Promise.all([
      probe(probing),
      reconcile(home).catch((error: unknown) => new WatchdogFailed("look for missed closes", error)),
    ]);
    if (reconciled instanceof WatchdogFailed) log("error", "reconcile.failed", { error: reconciled.message });
    // Only then, with the time that is left: a missed close is worth more than an answer that comes five minutes later.
    const brought = await feedback?.().catch((error: unknown) => new WatchdogFailed("bring answers back", error));
    if (brought instanceof WatchdogFailed) log("error", "feedback.failed", { error: brought.message });
    if (reconciled instanceof WatchdogFailed) throw reconciled;
    if (brought instanceof WatchdogFailed) throw brought;
    return { reachable, reconciled, ...(brought === undefined ? {} : { feedback: brought }) };
  };
}

/**
 * Between the first apply and `relay secrets put` the schedule wakes a watchdog that can do nothing. That is no incident.
 * Once Gladly has delivered anything, a secret without a value is one.
 */
async function isBeingSetUp(
  secrets: Pick<AwsSecrets, "gladlyToken" | "probePassword">,
  ledger: Pick<Ledger, "note">,
): Promise<boolean> {
  const reads = await Promise.allSettled([secrets.gladlyToken(), secrets.probePassword()]);
  const isUnset = reads.some(
    (read) => read.status === "rejected" && read.reason instanceof SecretUnreadable && read.reason.isUnset,
  );
  if (!isUnset) return false;
  const { mark } = await readMark(ledger, undefined).catch((error: unknown) => {
    throw new WatchdogFailed("read whether Gladly has delivered anything", error);
  });
  return beganAt(mark) === undefined;
}

/** @returns undefined where the environment asks for no answers */
function feedbackOf(
  environment: FunctionEnvironment<SharedConfiguration>,
  { metrics, log }: Observability,
  time: TimeLeft,
  home: Pick<FeedbackDeps, "ledger"> & { readonly secrets: AwsSecrets },
): (() => Promise<FeedbackResult>) | undefined {
  if (environment.optional("RELAY_STELLA_API_SECRET") === undefined) return undefined;
  const { configuration } = environment;
  const stella = new StellaReader({ baseUrl: configuration.stella.url, timeout: STELLA_TIMEOUT });
  const gladly = gladlyOf(configuration, home.secrets, time, ENDING);
  // That the watchdog may read the key at all says that this is production, and that the policy asks for it.
  const syncConfiguration = {
    delivery: configuration.delivery,
    surveyMode: "production",
    policy: { feedback: true },
  } as const;
  const timeForMore = () => time.without(ANSWER_BUDGET_MS) > 0;
  return () =>
    syncSurveyAnswers({ ...home, configuration: syncConfiguration, stella, gladly, clock, metrics, log, timeForMore });
}
