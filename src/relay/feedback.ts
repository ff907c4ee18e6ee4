/**
 * The survey-answer sync: reads what Stella received since the last look and posts each answer to the customer's timeline in
 * Gladly, once. Only for environments where Stella does not do so itself, and only in production: answers to test
 * surveys are not collected (docs/vendors/stella-connect-api.md section 6).
 */
import type { RelayPolicy } from "../contract/policy";
import type { RelayConfiguration } from "../contract/relay-configuration";
import type { GladlyClient } from "../vendors/gladly/client";
import { GladlyRefusal } from "../vendors/gladly/errors";
import { FEEDBACK_PAGE, type Feedback, type StellaReader } from "../vendors/stella/data";
import type { Clock, Ledger, Log, Metrics, Secrets } from "./ports";
import { PostedAnswers } from "./posted-answers";
import { timelineItem } from "./timeline-item";
import { moveWatermark, readWatermark } from "./watermark";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Read again each time, for answers that Stella told late; their ids keep them from being there twice. */
const OVERLAP = 15 * MINUTE;
const WATERMARK = "feedback";

export interface FeedbackDeps {
  readonly configuration: Pick<RelayConfiguration, "delivery" | "surveyMode"> & {
    readonly policy: Pick<RelayPolicy, "feedback">;
  };
  readonly stella: Pick<StellaReader, "feedback">;
  readonly gladly: Pick<GladlyClient, "conversation" | "addTimelineItem">;
  readonly secrets: Pick<Secrets, "stellaKey"> & { stellaApiSecret(): Promise<string> };
  readonly ledger: Pick<Ledger, "note" | "saveNote">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Asked before each answer: without time for another the look ends, and the next one goes on there. @default yes */
  readonly timeForMore?: () => boolean;
}

export interface FeedbackResult {
  /** Answers that Stella told of. */
  readonly read: number;
  /** Answers that are on a timeline now and were not before. */
  readonly posted: number;
  /** Time ran out: the next look goes on where this one ended. */
  readonly more: boolean;
}

/**
 * The very first look only sets the mark: answers from before are not brought in by the thousand.
 *
 * @throws what a failed read or write throws; the mark stays, and the next look begins where this one did
 */
export async function syncSurveyAnswers(deps: FeedbackDeps): Promise<FeedbackResult> {
  const { policy, delivery, surveyMode } = deps.configuration;
  if (!policy.feedback || delivery !== "enrich" || surveyMode !== "production") return NOTHING;
  const now = deps.clock.now();
  const mark = await readWatermark(deps.ledger, WATERMARK);
  // A mark that is later than now was made by a clock that was ahead. A day covers it; what is read twice stays single.
  const at = mark.at !== undefined && mark.at > now ? now - DAY : mark.at;
  const result = at === undefined ? NOTHING : await look(deps, new Date(at - OVERLAP), new Date(now));
  if (!result.more) await moveWatermark(deps.ledger, WATERMARK, mark, now);
  deps.log("info", "feedback.done", { ...result });
  return result;
}

const NOTHING: FeedbackResult = { read: 0, posted: 0, more: false };

async function look(deps: FeedbackDeps, from: Date, to: Date): Promise<FeedbackResult> {
  const done = await PostedAnswers.read(deps.ledger);
  let [read, posted] = [0, 0];
  try {
    for await (const page of pages(deps, from, to)) {
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
    // Also when a later one failed: the next look has that much less to do.
    await done.save();
  }
}

async function* pages(deps: FeedbackDeps, respondedFrom: Date, respondedTo: Date): AsyncGenerator<readonly Feedback[]> {
  const { apiKey } = await deps.secrets.stellaKey("production");
  const key = { apiKey, apiSecret: await deps.secrets.stellaApiSecret() };
  let after: number | undefined;
  for (;;) {
    const query = { respondedFrom, respondedTo, ...(after === undefined ? {} : { after }) };
    const page = await deps.stella.feedback(key, query, deps.clock.now() / 1000);
    yield page;
    if (page.length < FEEDBACK_PAGE) return;
    after = Math.max(...page.map((answer) => answer.sequence_id));
  }
}

/** `unanswered`: there is nothing to show yet. `settled`: it is there, or has no place to be. */
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
    // One answer that Gladly does not take must not keep all later ones from coming.
    if (!(error instanceof GladlyRefusal) || error.status !== 400) throw error;
    deps.log("error", "feedback.failed", { status: error.status });
    return "settled";
  }
}
