/** `relay ci comment`: the review as the one comment of a pull request or merge request, and its labels. */
import { z } from "zod";
import { CommandError, type Terminal } from "../../cli/command";
import { parsedJson } from "../../contract/json";
import { readText } from "../../contract/read-file";
import { commentText } from "./comment-text";
import type { Discussion } from "./forge";
import { labelsOf, REVIEW_LABELS } from "./labels";
import { isMarked } from "./marker";
import { planChanges } from "./outcome";
import { AnswerLost } from "./rest";
import { isPlanned, readPlan } from "./saved-plan";

export interface CommentOptions {
  /** File with the review as Markdown. A missing file counts as no review. */
  readonly review: string;
  /** File with the review as JSON, for the labels. */
  readonly findings: string;
  /** Environments that had to be planned. */
  readonly environments: readonly string[];
  /** Environments whose file the change removes. */
  readonly removed: readonly string[];
  /** Folder with one folder for each plan. */
  readonly planned: string;
  readonly marker: string;
  /** The commit that was planned. */
  readonly commit: string;
  readonly runUrl?: string;
  /** Only print what would be done. */
  readonly dryRun: boolean;
}

const Review = z.object({ findings: z.array(z.object({ id: z.string() })) });

/** Prints what it did on standard error. */
export async function comment(discussion: Discussion, options: CommentOptions, terminal: Terminal): Promise<void> {
  const { environments, removed, planned, marker, commit, runUrl } = options;
  const notPlanned = environments.filter((name) => !isPlanned(planned, name));
  const done = environments.filter((name) => !notPlanned.includes(name));
  if (done.length > 0 && readText(options.review) === undefined) {
    throw new CommandError(`${done.join(", ")} has a plan, but there is no review in ${options.review}.`);
  }
  const review = done.length === 0 ? "" : (readText(options.review) ?? "");
  const body = commentText({
    marker,
    review,
    notPlanned,
    removed,
    commit,
    ...(runUrl === undefined ? {} : { runUrl }),
  });
  const labels = labelsOf({
    findings: done.length === 0 ? [] : findingsOf(options.findings),
    changes: done.some((name) => planChanges(readPlan(planned, name))),
    notPlanned,
    removed,
  });
  const head = await discussion.head();
  if (head !== commit) {
    terminal.err(
      `${discussion.name} is now at ${head.slice(0, 12)}, so the review of ${commit.slice(0, 12)} was not posted.\n`,
    );
    return;
  }
  const existing = (await discussion.ownComments()).find((known) => isMarked(marker, known.body));
  if (options.dryRun) {
    terminal.out(body);
    const what = existing === undefined ? "create a comment" : `update comment ${existing.id}`;
    terminal.err(`Would ${what} on ${discussion.name}, with the labels: ${labels.join(", ") || "none"}.\n`);
    return;
  }
  // A change that touches no environment gets no comment. An existing comment from an earlier commit is updated.
  if (existing !== undefined || environments.length > 0 || removed.length > 0) await upsert(discussion, marker, body);
  await setLabels(discussion, labels);
  terminal.err(
    `${discussion.name} has the review of ${commit.slice(0, 12)}; labels: ${labels.join(", ") || "none"}.\n`,
  );
}

/** Updates or creates the comment. After a lost answer it looks first, so that there are never two. */
async function upsert(discussion: Discussion, marker: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const existing = (await discussion.ownComments()).find((known) => isMarked(marker, known.body));
    if (existing !== undefined) {
      if (existing.body !== body) await discussion.updateComment(existing.id, body);
      return;
    }
    try {
      await discussion.createComment(body);
      return;
    } catch (error) {
      if (!(error instanceof AnswerLost) || attempt > 2) throw error;
    }
  }
}

async function setLabels(discussion: Discussion, wanted: readonly string[]): Promise<void> {
  const present = await discussion.labels();
  const ours = REVIEW_LABELS.map(String);
  const missing = wanted.filter((name) => !present.includes(name));
  const wrong = present.filter((name) => ours.includes(name) && !wanted.includes(name));
  if (missing.length > 0) await discussion.addLabels(missing);
  if (wrong.length > 0) await discussion.removeLabels(wrong);
}

function findingsOf(path: string): readonly string[] {
  const text = readText(path);
  if (text === undefined)
    throw new CommandError(`there is no ${path}: \`relay review … --json --out ${path}\` writes it.`);
  const review = Review.safeParse(parsedJson(text));
  if (review.success) return review.data.findings.map(({ id }) => id);
  throw new CommandError(`${path} is not a review as \`relay review --json\` writes it.`);
}
