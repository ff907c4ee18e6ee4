/**
 * Gladly's rate limit for the whole organization, in requests a second. Headers report what is left
 * (docs/vendors/gladly-api.md section 3). It uses the wall clock, as its clients do.
 */
import type { GladlySettings } from "./settings";

export interface RateReading {
  readonly exceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export class RateLimit {
  private second = 0;
  private counts = new Map<string, number>();

  constructor(private readonly settings: () => GladlySettings) {}

  /** Counts one request. */
  take(method: string, wallNow = Date.now()): RateReading {
    const { perSecond, buckets } = this.settings().rateLimit;
    if (buckets === "off") return { exceeded: false, headers: {} };
    const second = Math.floor(wallNow / 1000);
    if (second !== this.second) this.counts.clear();
    this.second = second;
    const bucket = buckets === "one" ? "all" : method;
    const count = (this.counts.get(bucket) ?? 0) + 1;
    this.counts.set(bucket, count);
    return {
      exceeded: count > perSecond,
      headers: {
        "Ratelimit-Limit-Second": String(perSecond),
        "Ratelimit-Remaining-Second": String(Math.max(0, perSecond - count)),
      },
    };
  }
}
