/** Keeps open pages up to date: what changed is sent, region by region, at most five times a second. */
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds between two looks at least. */
const PACE = 200;
/** Milliseconds between two looks when nothing told of a change: the relay does not. */
const IDLE_PACE = 2000;

export class PageStream {
  /** Open pages, and what each was sent last. */
  private readonly pages = new Map<ServerResponse, Readonly<Record<string, string>>>();
  private looking = false;
  private ended = false;
  /** Whether something changed since the last look began. */
  private stale = false;
  private interrupt: () => void = () => undefined;

  constructor(private readonly render: () => Promise<Readonly<Record<string, string>>>) {}

  /** Takes over a response until its page goes away. */
  add(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    this.pages.set(response, {});
    response.on("close", () => this.pages.delete(response));
    this.wake();
    if (!this.looking) void this.look();
  }

  /** Something may have changed. */
  wake(): void {
    this.stale = true;
    this.interrupt();
  }

  end(): void {
    this.ended = true;
    this.interrupt();
    for (const response of this.pages.keys()) response.end();
  }

  /** Looks as long as somebody watches. */
  private async look(): Promise<void> {
    this.looking = true;
    while (!this.ended && this.pages.size > 0) {
      this.stale = false;
      // Nobody waits for this promise: a fault in it must not end the process.
      await this.send().catch((error: unknown) =>
        process.stderr.write(`sandbox: the page cannot be drawn: ${error}\n`),
      );
      await delay(PACE, undefined, { ref: false });
      if (!this.stale) await this.change();
    }
    this.looking = false;
  }

  private async send(): Promise<void> {
    const now = await this.render();
    for (const [response, before] of this.pages) {
      const changed = Object.entries(now).filter(([id, text]) => before[id] !== text);
      if (changed.length === 0) continue;
      response.write(`event: regions\ndata: ${JSON.stringify(Object.fromEntries(changed))}\n\n`);
      this.pages.set(response, now);
    }
  }

  /** A change, or the end of patience. */
  private change(): Promise<void> {
    return new Promise((resolve) => {
      const patience = setTimeout(resolve, IDLE_PACE);
      patience.unref();
      this.interrupt = () => {
        clearTimeout(patience);
        resolve();
      };
    });
  }
}
