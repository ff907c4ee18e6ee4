/** One thing that production needs, and whether it is there. */
import type { Block, Severity } from "../../report/report";

/**
 * `not known`: it could be told, and was not, because somebody did not answer; never taken for ready.
 * `not checked`: no API tells it, so a person has to look; it holds nobody up, since nothing would ever settle it.
 */
export type State = "ready" | "not ready" | "not known" | "not checked";

export interface Item {
  /** What kind of answer this is: stable, for scripts and suppressions. */
  readonly id: string;
  /** What was looked at, in a word or two. */
  readonly subject: string;
  readonly state: State;
  /** One sentence on what was seen. */
  readonly seen: string;
  /** Cause and consequence. */
  readonly detail?: string;
  /** What to do; always there unless it is ready. */
  readonly remedy?: string;
  /** How bad it is while it is not ready. @default "critical" */
  readonly severity?: Exclude<Severity, "info">;
  /** RFC 3339. */
  readonly since?: string;
  /** Names and figures. */
  readonly blocks?: readonly Block[];
}

type Said = Omit<Item, "state" | "subject">;

/** The answers about one subject. */
export function about(subject: string) {
  return {
    ready: (said: Said): Item => ({ ...said, subject, state: "ready" }),
    notReady: (said: Said & { readonly remedy: string }): Item => ({ ...said, subject, state: "not ready" }),
    notKnown: (id: string, why: string, remedy: string): Item => ({
      ...{ id, subject, state: "not known", seen: `Not known: ${why}`, remedy },
    }),
    notChecked: (said: Said & { readonly remedy: string }): Item => ({ ...said, subject, state: "not checked" }),
  };
}
