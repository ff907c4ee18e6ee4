/** Keeps open pages up to date: sends the regions that changed, at most five times a second. */
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** Shortest time between two renders, in milliseconds. */
const MIN_INTERVAL_MS = 200;
/** Longest time between two renders, in milliseconds. The relay does not report changes, so it is polled. */
const MAX_INTERVAL_MS = 2000;

export class PageStream {
  /** Open pages, and the regions last sent to each. */
  private readonly pages = new Map<ServerResponse, Readonly<Record<string, string>>>();
  private running = false;
  private ended = false;
  /** Whether something changed since the last render began. */
  private stale = false;
  private interrupt: () => void = () => undefined;

  constructor(private readonly render: () => Promise<Readonly<Record<string, string>>>) {}

  /** Sends updates on a response until its page closes. */
  add(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    this.pages.set(response, {});
    response.on("close", () => this.pages.delete(response));
    this.wake();
    if (!this.running) void this.run();
  }

  /** Renders soon, because something may have changed. */
  wake(): void {
    this.stale = true;
    this.interrupt();
  }

  end(): void {
    this.ended = true;
    this.interrupt();
    for (const response of this.pages.keys()) response.end();
  }

  /** Renders and sends updates as long as a page is open. */
  private async run(): Promise<void> {
    this.running = true;
    while (!this.ended && this.pages.size > 0) {
      this.stale = false;
      // No caller awaits this promise: an unhandled rejection would end the process.
      await this.send().catch((error: unknown) => process.stderr.write(`sandbox: cannot render the page: ${error}\n`));
      await delay(MIN_INTERVAL_MS, undefined, { ref: false });
      if (!this.stale) await this.nextChange();
    }
    this.running = false;
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

  /** Resolves at the next change, at the latest after {@link MAX_INTERVAL_MS}. */
  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, MAX_INTERVAL_MS);
      timer.unref();
      this.interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
