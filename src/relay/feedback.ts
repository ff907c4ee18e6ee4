/**
 * The survey-answer sync: reads the answers that Stella received since the last look and posts each one once to the
 * customer's timeline in Gladly. It also reads the status of requests, for `relay explain` and the metrics. Only if Stella
 * does not post answers itself, and only in production, because Stella collects no answers to test surveys
 * (docs/vendors/stella-connect-api.md section 6).
 */
import type { RelayPolicy } from "../contract/policy";
import type { RelayConfiguration } from "../contract/relay-configuration";
import type { GladlyClient } from "../vendors/gladly/client";
import { GladlyRefusal } from "../vendors/gladly/errors";
import { FEEDBACK_PAGE, type Feedback, type StellaReader } from "../vendors/stella/data";
import type { StellaReadKey } from "../vendors/stella/read";
import { noteDeliveryStatus } from "./delivery-status";
import type { Clock, Ledger, Log, Metrics, Secrets } from "./ports";
import { PostedAnswers } from "./posted-answers";
import { timelineItem } from "./timeline-item";
import { moveWatermark, readWatermark } from "./watermark";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Read again each time, for answers that appear late. Their ids prevent duplicates. */
const OVERLAP = 15 * MINUTE;
const WATERMARK = "feedback";
/** Read again each time, for bounces and other outcomes that come after the request. */
const SETTLING = 60 * MINUTE;
const REQUESTS_WATERMARK = "delivery-status";

export interface FeedbackDeps {
  readonly configuration: Pick<RelayConfiguration, "delivery" | "surveyMode"> & {
    readonly policy: Pick<RelayPolicy, "feedback">;
  };
  readonly stella: Pick<StellaReader, "feedback" | "requests">;
  readonly gladly: Pick<GladlyClient, "conversation" | "addTimelineItem">;
  readonly secrets: Pick<Secrets, "stellaKey"> & { stellaApiSecret(): Promise<string> };
  readonly ledger: Pick<Ledger, "note" | "saveNote" | "conversation" | "saveConversation">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Whether there is time for another answer. If not, the look ends, and the next one continues there. @default yes */
  readonly timeForMore?: () => boolean;
}

export interface FeedbackResult {
  /** Answers in Stella's list. */
  readonly read: number;
  /** Answers that were added to a timeline. */
  readonly posted: number;
  /** Time ran out: the next look continues where this one ended. */
  readonly more: boolean;
}

/**
 * The first look only sets the mark, so that thousands of old answers are not copied.
 *
 * @throws what a failed read or write throws; the mark does not move, and the next look begins where this one did
 */
export async function syncSurveyAnswers(deps: FeedbackDeps): Promise<FeedbackResult> {
  const { policy, delivery, surveyMode } = deps.configuration;
  if (!policy.feedback || delivery !== "enrich" || surveyMode !== "production") return NOTHING;
  const result = await since(deps, WATERMARK, OVERLAP, (from, to) => look(deps, from, to));
  const outcomes = result.more ? { more: true } : await readOutcomes(deps);
  const done = { ...result, more: result.more || outcomes.more };
  deps.log("info", "feedback.done", { ...done });
  return done;
}

/** Reads what is new since shortly before the last look. The first look only sets the mark. */
async function since(
  deps: FeedbackDeps,
  name: string,
  overlap: number,
  read: (from: Date, to: Date) => Promise<FeedbackResult>,
): Promise<FeedbackResult> {
  const now = deps.clock.now();
  const mark = await readWatermark(deps.ledger, name);
  // A clock that was ahead set a mark later than now. Going back a day covers it, and ids prevent duplicates.
  const at = mark.at !== undefined && mark.at > now ? now - DAY : mark.at;
  const result = at === undefined ? NOTHING : await read(new Date(at - overlap), new Date(now));
  if (!result.more) await moveWatermark(deps.ledger, name, mark, now);
  return result;
}

/** Reads the status of accepted requests from Stella's list. */
function readOutcomes(deps: FeedbackDeps): Promise<FeedbackResult> {
  return since(deps, REQUESTS_WATERMARK, SETTLING, async (createdFrom, createdTo) => {
    const read = (key: StellaReadKey, after: { readonly after?: number }, seconds: number) =>
      deps.stella.requests(key, { createdFrom, createdTo, ...after }, seconds);
    for await (const page of pages(deps, read)) {
      for (const request of page) {
        if (deps.timeForMore?.() === false) return { ...NOTHING, more: true };
        await noteDeliveryStatus(deps, request);
      }
    }
    return NOTHING;
  });
}

const NOTHING: FeedbackResult = { read: 0, posted: 0, more: false };

async function look(deps: FeedbackDeps, from: Date, to: Date): Promise<FeedbackResult> {
  const done = await PostedAnswers.read(deps.ledger);
  let [read, posted] = [0, 0];
  try {
    const answers = (key: StellaReadKey, after: { readonly after?: number }, seconds: number) =>
      deps.stella.feedback(key, { respondedFrom: from, respondedTo: to, ...after }, seconds);
    for await (const page of pages(deps, answers)) {
      read += page.length;
      for (const answer of page.filter(({ uuid }) => !done.has(uuid))) {
        if (deps.timeForMore?.() === false) return { read, posted, more: true };
        const outcome = await post(deps, answer);
        if (outcome === "added") posted += 1;
        if (outcome !== "unanswered") done.add(answer.uuid);
      }
    }
    return { read, posted, more: false };
  } finally {
    // Also if a later one failed, so that the next look has less to do.
    await done.save();
  }
}

async function* pages(
  deps: FeedbackDeps,
  read: (key: StellaReadKey, after: { readonly after?: number }, seconds: number) => Promise<readonly Feedback[]>,
): AsyncGenerator<readonly Feedback[]> {
  const { apiKey } = await deps.secrets.stellaKey("production");
  const key = { apiKey, apiSecret: await deps.secrets.stellaApiSecret() };
  let after: number | undefined;
  for (;;) {
    const page = await read(key, after === undefined ? {} : { after }, deps.clock.now() / 1000);
    yield page;
    if (page.length < FEEDBACK_PAGE) return;
    after = Math.max(...page.map((record) => record.sequence_id));
  }
}

/** `unanswered`: there is nothing to post yet. `settled`: it was posted before, or cannot be posted. */
async function post(deps: FeedbackDeps, answer: Feedback): Promise<"added" | "settled" | "unanswered"> {
  const item = timelineItem(answer);
  if (item === undefined) return "unanswered";
  if (!answer.ext_interaction_id) return "settled";
  const conversation = await deps.gladly.conversation(answer.ext_interaction_id);
  if (conversation === undefined) return "settled";
  try {
    const outcome = await deps.gladly.addTimelineItem(conversation.customerId, item);
    if (outcome !== "added") return "settled";
    deps.metrics.count("FeedbackPosted");
    return "added";
  } catch (error) {
    // One answer that Gladly refuses must not block all later ones.
    if (!(error instanceof GladlyRefusal) || error.status !== 400) throw error;
    deps.log("error", "feedback.failed", { status: error.status });
    return "settled";
  }
}
