/** The comment on a pull request: the review of every planned environment, and the names of those that have no plan. */
import { code } from "../../report/report";
import { escaped } from "../../report/reporters/markdown-text";
import { marked } from "./marker";

/** GitHub's limit in characters (https://docs.github.com/en/rest/issues/comments). GitLab's is higher. */
export const COMMENT_LIMIT = 65_536;

export interface CommentContent {
  /** Name of the comment, if a pull request has several. */
  readonly marker: string;
  /** The review as Markdown. Empty if there is no plan. */
  readonly review: string;
  /** Environments that could not be planned. */
  readonly notPlanned: readonly string[];
  /** Environments whose file the change removes. */
  readonly removed: readonly string[];
  /** The commit that was planned. */
  readonly commit: string;
  /** Address of the run's page. */
  readonly runUrl?: string;
}

/** Never longer than the limit. A long review is cut between lines, with a note. */
export function commentText({ marker, review, notPlanned, removed, commit, runUrl }: CommentContent): string {
  const run = runUrl === undefined ? "the run" : `[the run](${runUrl})`;
  const planned =
    notPlanned.length === 0
      ? []
      : [
          "> [!CAUTION]",
          `> **Not planned: ${notPlanned.map((name) => escaped(code(name))).join(", ")}.** What this change does there is not known. See the log of ${run}.`,
          "",
        ];
  const head = [...planned, ...removed.flatMap(removedWords)];
  const foot = `<sub>Plan of ${commit.slice(0, 12)} · ${run} · Merging applies it after approval, from a new plan.</sub>`;
  const middle = review.trim() || (head.length === 0 ? "## This change touches no environment" : "");
  const around = marked(marker, [...head, "", "", foot, ""].join("\n")).length;
  return marked(marker, [...head, fitted(middle, COMMENT_LIMIT - around), "", foot, ""].join("\n"));
}

function removedWords(name: string): readonly string[] {
  const destroy = escaped(code(`npx cdktf destroy ${name}`));
  return [
    "> [!WARNING]",
    `> **${escaped(code(name))} has no file any more.** What it deployed stays, and no plan shows it. Do this first: set ${escaped(code("retired: true"))} in its file, apply it, and run ${destroy}.`,
    "",
  ];
}

const CUT = "\n\n_This comment is cut. The full review is in the summary of the run._";

function fitted(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - CUT.length);
  return kept.slice(0, Math.max(0, kept.lastIndexOf("\n"))) + CUT;
}
