/**
 * Caches a list of Gladly's that rarely changes (agents, inboxes, topics): one read serves many closes.
 *
 * If the copy does not have an id, the list is read again, at most once in ten seconds, and then the single object: Gladly
 * may have cut the list (`Gladly-Limited-Data`), or the object may be new. If Gladly does not know it either, the result is
 * undefined for the next ten seconds, so that it does not cost two reads for every close.
 */
import type { Clock } from "./ports";

const UNKNOWN_PAUSE = 10_000;

/** The reads of one kind of thing. */
export interface DirectoryReads<T> {
  list(): Promise<readonly T[]>;
  /** Undefined when Gladly does not know it. */
  one(id: string): Promise<T | undefined>;
}

export class Directory<T extends { readonly id: string }> {
  private entries = new Map<string, T>();
  private readonly unknown = new Map<string, number>();
  private loadedAt = Number.NEGATIVE_INFINITY;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly reads: DirectoryReads<T>,
    /** Milliseconds for which a copy is used. */
    private readonly lifetime: number,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined if Gladly does not know it now; it may know it later */
  async find(id: string): Promise<T | undefined> {
    if (this.age(this.loadedAt) >= this.lifetime) await this.refresh();
    if (!this.entries.has(id) && this.age(this.loadedAt) >= UNKNOWN_PAUSE) await this.refresh();
    return this.entries.get(id) ?? this.findAlone(id);
  }

  private async findAlone(id: string): Promise<T | undefined> {
    if (this.age(this.unknown.get(id) ?? Number.NEGATIVE_INFINITY) < UNKNOWN_PAUSE) return undefined;
    const entry = await this.reads.one(id);
    if (entry === undefined) this.unknown.set(id, this.clock.now());
    else this.entries.set(id, entry);
    return entry;
  }

  private age(at: number): number {
    return Math.abs(this.clock.now() - at);
  }

  private refresh(): Promise<void> {
    this.loading ??= this.read().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async read(): Promise<void> {
    const entries = await this.reads.list();
    this.entries = new Map(entries.map((entry) => [entry.id, entry]));
    this.unknown.clear();
    this.loadedAt = this.clock.now();
  }
}
