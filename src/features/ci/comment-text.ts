/** The one comment on a pull request: the review of every environment that was planned, and which were not. */
import { code } from "../../report/report";
import { escaped } from "../../report/reporters/markdown-text";
import { marked } from "./marker";

/** GitHub takes as many characters (https://docs.github.com/en/rest/issues/comments); GitLab takes more. */
export const COMMENT_LIMIT = 65_536;

export interface CommentContent {
  /** Which comment of the pull request it is. */
  readonly marker: string;
  /** The review as Markdown; empty where nothing could be planned or nothing had to be. */
  readonly review: string;
  /** Environments that could not be planned. */
  readonly notPlanned: readonly string[];
  /** Environments whose file the change takes away. */
  readonly removed: readonly string[];
  /** The commit that was planned. */
  readonly commit: string;
  /** The run's address, for people. */
  readonly runUrl?: string;
}

/** Never longer than the limit: it is cut between lines, and says so. */
export function commentText({ marker, review, notPlanned, removed, commit, runUrl }: CommentContent): string {
  const run = runUrl === undefined ? "the run" : `[the run](${runUrl})`;
  const planned =
    notPlanned.length === 0
      ? []
      : [
          "> [!CAUTION]",
          `> **Not planned: ${notPlanned.map((name) => escaped(code(name))).join(", ")}.** What this change does there is not known. The log of ${run} says why.`,
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

const CUT = "\n\n_The rest did not fit into a comment; the summary of the run has the whole review._";

function fitted(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - CUT.length);
  return kept.slice(0, Math.max(0, kept.lastIndexOf("\n"))) + CUT;
}
