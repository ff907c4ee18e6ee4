/**
 * Shows the progress of long work as a line on standard error, redrawn in place. Without a terminal there is none. Standard
 * output contains only the result, so `--json` needs no exception.
 */
import { printable } from "../report/printable";
import type { Terminal } from "./command";

/** Milliseconds between two updates: often enough to look alive, rarely enough to cost nothing. */
const REDRAW = 100;
/** A longer line would wrap, and a wrapped line cannot be redrawn. */
const WIDTH = 79;

export interface Step {
  /** Finished part. */
  readonly done?: number;
  /** Total, if known. The line then estimates the time left. */
  readonly total?: number;
  /** The current item, such as a name. Shown at once if nothing is counted. */
  readonly now?: string;
}

export interface Progress {
  /** Reports progress. It is cheap, so you can call it for each item. */
  step(step: Step): void;
  /** Removes the line, or ends it with a last text such as the duration. Call it even if the work fails. */
  end(lastWord?: string): void;
}

/**
 * @param what the beginning of the line: `reading closes`
 * @param now milliseconds
 */
export function startProgress(
  terminal: Pick<Terminal, "err" | "interactive">,
  what: string,
  now: () => number = Date.now,
): Progress {
  const began = now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  let drawn = "";
  let shown = 0;

  const draw = (text: string) => {
    const line = cut(text);
    // Spaces instead of an escape code, because they clear the rest of the line on every terminal.
    terminal.err(`\r${line}${" ".repeat(Math.max(0, shown - length(line)))}`);
    shown = length(line);
  };

  return {
    step(step) {
      if (!terminal.interactive) return;
      const time = now();
      // A step without a count is a new stage of the work. There are few of them, so each is shown.
      const counts = step.done !== undefined;
      if (counts && time - drawnAt < REDRAW) return;
      const text = `${what}${stepText(step, time - began)}`;
      if (text === drawn) return;
      drawnAt = time;
      drawn = text;
      draw(text);
    },
    end(lastWord) {
      if (!terminal.interactive) return;
      if (shown > 0) {
        terminal.err(`\r${" ".repeat(shown)}\r`);
        shown = 0;
      }
      if (lastWord !== undefined) terminal.err(`${what}: ${printable(lastWord)}\n`);
    },
  };
}

/** Runs work with a progress line, and removes the line even if the work fails. */
export async function withProgress<T>(
  terminal: Pick<Terminal, "err" | "interactive">,
  what: string,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = startProgress(terminal, what);
  try {
    progress.step({});
    return await work(progress);
  } finally {
    progress.end();
  }
}

function stepText({ done, total, now }: Step, elapsed: number): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const parts = [
    ...(done === undefined ? [] : [total === undefined ? number(done) : `${number(done)} of ${number(total)}`]),
    ...(now === undefined ? [] : [printable(now)]),
    ...timeLeft(done, total, elapsed),
  ];
  return parts.length === 0 ? " …" : `: ${parts.join(", ")}`;
}

/** Estimated from the pace so far. Nothing in the first three seconds, when it would be a guess. */
function timeLeft(done: number | undefined, total: number | undefined, elapsed: number): readonly string[] {
  if (!done || total === undefined || done >= total || elapsed < 3000) return [];
  return [`about ${duration((elapsed / done) * (total - done))} left`];
}

/** `40 s`, `3 min`, `2 h 10 min`. @param milliseconds of 0 or more */
export function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= WIDTH ? text : `${characters.slice(0, WIDTH - 1).join("")}…`;
}

function length(text: string): number {
  return [...text].length;
}
