/** Keeps open pages up to date: what changed is sent, region by region, at most five times a second. */
import type { ServerResponse } from "node:http";

/** Milliseconds between two looks at most. */
const PACE = 200;
/** Milliseconds between two looks at what changes without telling: the relay. */
const IDLE_PACE = 2000;

export class PageStream {
  private readonly pages = new Map<ServerResponse, Readonly<Record<string, string>>>();
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly render: () => Promise<Readonly<Record<string, string>>>) {}

  /** Takes over a response until its page goes away. */
  add(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    this.pages.set(response, {});
    response.on("close", () => this.pages.delete(response));
    this.wake();
  }

  /** Something may have changed. */
  wake(): void {
    if (this.pages.size > 0) this.schedule(PACE, false);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    for (const response of this.pages.keys()) response.end();
  }

  private schedule(wait: number, idle: boolean): void {
    if (this.ended || (this.timer !== undefined && !this.idle)) return;
    clearTimeout(this.timer);
    this.idle = idle;
    this.timer = setTimeout(() => void this.send(), wait);
  }

  private idle = false;

  private async send(): Promise<void> {
    const now = await this.render();
    this.timer = undefined;
    for (const [response, before] of this.pages) {
      const changed = Object.entries(now).filter(([id, text]) => before[id] !== text);
      if (changed.length === 0) continue;
      response.write(`event: regions\ndata: ${JSON.stringify(Object.fromEntries(changed))}\n\n`);
      this.pages.set(response, now);
    }
    if (this.pages.size > 0) this.schedule(IDLE_PACE, true);
  }
}
