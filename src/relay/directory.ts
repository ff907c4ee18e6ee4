/**
 * A list of Gladly's that changes seldom (agents, inboxes, topics), kept for a while: one read serves every close.
 *
 * An id that the copy does not hold makes it read anew, at most once in ten seconds: a topic that was just added must
 * count at once, and an id that Gladly does not know must not cost a read for every close.
 */
import type { Clock } from "./ports";

const UNKNOWN_PAUSE = 10_000;

export class Directory<T extends { readonly id: string }> {
  private entries = new Map<string, T>();
  private loadedAt = Number.NEGATIVE_INFINITY;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly load: () => Promise<readonly T[]>,
    /** Milliseconds for which a copy is good. */
    private readonly lifetime: number,
    private readonly clock: Clock,
  ) {}

  async find(id: string): Promise<T | undefined> {
    if (this.age() >= this.lifetime) await this.refresh();
    const entry = this.entries.get(id);
    if (entry !== undefined || this.age() < UNKNOWN_PAUSE) return entry;
    await this.refresh();
    return this.entries.get(id);
  }

  private age(): number {
    return Math.abs(this.clock.now() - this.loadedAt);
  }

  private refresh(): Promise<void> {
    this.loading ??= this.read().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async read(): Promise<void> {
    const entries = await this.load();
    this.entries = new Map(entries.map((entry) => [entry.id, entry]));
    this.loadedAt = this.clock.now();
  }
}
