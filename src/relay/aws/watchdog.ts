/**
 * The watchdog function. Every five minutes it finds closes that Gladly never delivered, checks that Gladly can reach the
 * relay, and syncs survey answers if the environment asks for it.
 */
import { randomUUID } from "node:crypto";
import { errorName } from "../../contract/error-message";
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
import { type LambdaFunction, lambdaFunction } from "./lambda-function";
import { type Observability, observe } from "./observability";
import { probe } from "./probe";
import { dynamoDbClient } from "./sdk-clients";
import { SharedConfiguration } from "./shared-configuration";
import { SqsSender } from "./sqs-sender";
import { TimeLeft } from "./time-left";
import { gladlyOf } from "./upstream-clients";

/** Milliseconds kept to enqueue the missed closes. */
const ENQUEUE_RESERVE_MS = 20_000;
/** Milliseconds kept to report the result. */
const REPORT_RESERVE_MS = 2_000;
/** Milliseconds needed to sync one more survey answer: two calls to Gladly and a note in the ledger. */
const ANSWER_BUDGET_MS = 8_000;
/** Milliseconds for one page of Stella's answers. */
const STELLA_TIMEOUT_MS = 10_000;

const clock: Clock = { now: () => Date.now() };
const chance: Pick<Chance, "id"> = { id: randomUUID };

/** The result of a run. `waiting`: the environment is not set up yet. */
export type WatchdogReport = WatchdogResult | { readonly waiting: "secrets have no value yet" };

export interface WatchdogResult {
  /** Whether the public address answered a PING with 200. */
  readonly reachable: boolean;
  readonly reconciled: Reconciled;
  /** Absent when the environment does not ask for survey answers, and in test mode, where Stella collects none. */
  readonly feedback?: FeedbackResult;
}

/** A check failed. Lambda counts it as an error of the function, which has an alarm. */
export class WatchdogFailed extends Error {
  override readonly name = "WatchdogFailed";

  /** Lambda logs the message, so it contains only parts of the cause that have no addresses or credentials. */
  constructor(what: string, cause: unknown) {
    const known = cause instanceof StellaReadFailed ? cause.message : lookUpFailure(cause)?.detail;
    const detail = known ?? errorName(cause);
    super(`the watchdog could not ${what} (${detail}); it tries again in five minutes`);
  }
}

/** @throws ConfigurationUnusable at once: no caller waits for the watchdog, and Lambda counts its errors */
export function createWatchdog(variables: FunctionVariables): LambdaFunction<WatchdogReport> {
  const environment = readEnvironment(WATCHDOG, variables, SharedConfiguration);
  const observability = observe(WATCHDOG.name, environment.configuration.environment);
  const time = new TimeLeft();
  return lambdaFunction(observability, time, watchdogRun(environment, observability, time));
}

function watchdogRun(
  environment: FunctionEnvironment<SharedConfiguration>,
  observability: Observability,
  time: TimeLeft,
) {
  const { configuration, region } = environment;
  const { metrics, log } = observability;
  const url = environment.value("RELAY_PUBLIC_URL");
  const configurationWithUrl = { ...configuration, webhook: { ...configuration.webhook, url } };
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
  const gladly = gladlyOf(configuration, secrets, time, ENQUEUE_RESERVE_MS);
  const probeOptions = {
    ...{ url, username: configuration.webhook.username, metrics, log },
    ...{ password: () => secrets.probePassword(), now: clock.now, id: chance.id },
  };
  const syncFeedback = feedbackOf(environment, observability, time, { secrets, ledger });
  return async (): Promise<WatchdogReport> => {
    if (await isBeingSetUp(secrets, ledger)) {
      log("info", "setup.waiting", { remedy: "write the values with `relay secrets put`" });
      return { waiting: "secrets have no value yet" };
    }
    const deps = { configuration: configurationWithUrl, gladly, ledger, queue, clock, chance, metrics, log };
    // Both run even if one fails: when the address is down, finding missed closes matters most.
    const [reachable, reconciled] = await Promise.all([
      probe(probeOptions),
      reconcile(deps).catch((error: unknown) => new WatchdogFailed("look for missed closes", error)),
    ]);
    if (reconciled instanceof WatchdogFailed) log("error", "reconcile.failed", { error: reconciled.message });
    // Last, with the remaining time: a survey answer can wait five minutes, a missed close should not.
    const feedback = await syncFeedback?.().catch((error: unknown) => new WatchdogFailed("sync survey answers", error));
    if (feedback instanceof WatchdogFailed) log("error", "feedback.failed", { error: feedback.message });
    if (reconciled instanceof WatchdogFailed) throw reconciled;
    if (feedback instanceof WatchdogFailed) throw feedback;
    return { reachable, reconciled, ...(feedback === undefined ? {} : { feedback }) };
  };
}

/**
 * Between the first apply and `relay secrets put` the scheduled watchdog cannot do anything. That is not an error. After
 * Gladly's first delivery, a secret without a value is an error.
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

/** @returns undefined when the environment does not ask for survey answers */
function feedbackOf(
  environment: FunctionEnvironment<SharedConfiguration>,
  { metrics, log }: Observability,
  time: TimeLeft,
  deps: Pick<FeedbackDeps, "ledger"> & { readonly secrets: AwsSecrets },
): (() => Promise<FeedbackResult>) | undefined {
  if (environment.optional("RELAY_STELLA_API_SECRET") === undefined) return undefined;
  const { configuration } = environment;
  const stella = new StellaReader({ baseUrl: configuration.stella.url, timeout: STELLA_TIMEOUT_MS });
  const gladly = gladlyOf(configuration, deps.secrets, time, REPORT_RESERVE_MS);
  // The watchdog has the API secret only in production and when the policy asks for survey answers.
  const syncConfiguration = {
    delivery: configuration.delivery,
    surveyMode: "production",
    policy: { feedback: true },
  } as const;
  const timeForMore = () => time.without(ANSWER_BUDGET_MS) > 0;
  return () =>
    syncSurveyAnswers({ ...deps, configuration: syncConfiguration, stella, gladly, clock, metrics, log, timeForMore });
}
