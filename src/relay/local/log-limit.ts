/** Limits log lines that outsiders can cause without limit: each kind at most once a second. */
import type { Log } from "../ports";

const PAUSE_MS = 1_000;

interface Held {
  count: number;
  last: Parameters<Log>;
  timer: NodeJS.Timeout;
}

export class LogLimit {
  private readonly held = new Map<string, Held>();

  constructor(private readonly out: Log) {}

  /** Writes the first line of a kind at once. The lines of the following second become one line with their `count`. */
  readonly log: Log = (level, event, fields) => {
    const line: Parameters<Log> = fields === undefined ? [level, event] : [level, event, fields];
    const held = this.held.get(event);
    if (held !== undefined) {
      held.count += 1;
      held.last = line;
      return;
    }
    this.out(...line);
    this.hold(event, line);
  };

  /** Writes the lines that were held back. */
  close(): void {
    for (const event of [...this.held.keys()]) this.release(event);
    for (const { timer } of this.held.values()) clearTimeout(timer);
    this.held.clear();
  }

  private hold(event: string, line: Parameters<Log>): void {
    const timer = setTimeout(() => this.release(event), PAUSE_MS);
    timer.unref();
    this.held.set(event, { count: 0, last: line, timer });
  }

  private release(event: string): void {
    const held = this.held.get(event);
    if (held === undefined) return;
    clearTimeout(held.timer);
    this.held.delete(event);
    if (held.count === 0) return;
    const [level, name, fields] = held.last;
    this.out(level, name, { ...fields, count: held.count });
    this.hold(event, held.last);
  }
}
