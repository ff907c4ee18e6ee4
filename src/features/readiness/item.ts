/** One thing that production needs, and whether it is there. */
import type { FindingId } from "../../report/catalogue";
import type { Block } from "../../report/report";

/**
 * `not known`: it could not be read, and never counts as ready.
 * `not checked`: no API shows it, so a person has to look. It does not block, because nothing would ever settle it.
 */
export type State = "ready" | "not ready" | "not known" | "not checked";

export interface Item {
  /** What kind of answer this is: stable, for scripts. */
  readonly id: string;
  /** Its finding; undefined if there is nothing to do. */
  readonly finding?: FindingId;
  /** What was checked, in a word or two. */
  readonly subject: string;
  readonly state: State;
  /** One sentence on what was seen. */
  readonly seen: string;
  /** Cause and consequence. */
  readonly detail?: string;
  /** What to do; always there unless it is ready. */
  readonly remedy?: string;
  /** RFC 3339. */
  readonly since?: string;
  /** Names and figures. */
  readonly blocks?: readonly Block[];
}

type ItemText = Omit<Item, "state" | "subject" | "finding" | "id">;
type Fault = ItemText & { readonly id: FindingId; readonly remedy: string };

/** The answers about one subject. */
export function about(subject: string) {
  const fault =
    (state: State) =>
    (answer: Fault): Item => ({ ...answer, finding: answer.id, subject, state });
  return {
    ready: (answer: ItemText & { readonly id: string; readonly remedy?: never }): Item => ({
      ...answer,
      subject,
      state: "ready",
    }),
    /** Ready, but with something to do. */
    note: fault("ready"),
    notReady: fault("not ready"),
    notChecked: fault("not checked"),
    /** Facts that could not be read for the same reason make one finding. */
    notKnown: (id: string, why: string, remedy: string): Item => ({
      ...{ id, finding: "readiness-not-known", subject, state: "not known", seen: why, remedy },
    }),
  };
}
