/**
 * How a command tells a person of long work: a line on standard error, redrawn in place. Where nobody watches there is none.
 * Standard output keeps to the result, so `--json` needs no other way.
 */
import { printable } from "../report/printable";
import type { Terminal } from "./command";

/** Milliseconds between two drawings: often enough to look alive, and not so often that it costs anything. */
const REDRAW = 100;
/** A longer line would wrap, and a wrapped line cannot be redrawn. */
const WIDTH = 79;

export interface Step {
  /** How much is done. */
  readonly done?: number;
  /** How much there is, where that is known; an estimate of the time left is told then. */
  readonly total?: number;
  /** What is being done now, such as a name. Told at once where nothing is counted. */
  readonly now?: string;
}

export interface Progress {
  /** Tells where the work is. Cheap: may be called for each piece of it. */
  step(step: Step): void;
  /** Takes the line away, or ends it with a last word such as how long it took. To be called however the work ends. */
  end(lastWord?: string): void;
}

/**
 * @param what the work, as a line begins: `reading closes`
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
    // Spaces and not an escape code: they cover the line's rest on every terminal.
    terminal.err(`\r${line}${" ".repeat(Math.max(0, shown - length(line)))}`);
    shown = length(line);
  };

  return {
    step(step) {
      if (!terminal.interactive) return;
      const time = now();
      // A step that counts nothing is a new stage of the work: there are few of them, and each is news.
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

/** Runs work with its progress, and ends the line however the work ends. */
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

/** From the pace so far. Nothing in the first three seconds, when it would only be a guess. */
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
