/** Watches whether commits are durable: the file still exists, and the last commits succeeded. */
import { statSync } from "node:fs";
import { type StoreFault, StoreLost, storeFault } from "./store-faults";

/** Milliseconds for which a failed commit counts even if a smaller one has succeeded since. */
const RECENT_MS = 60_000;

export class StoreWatch {
  private readonly inodes: Map<string, number | undefined>;
  private failure: { readonly fault: StoreFault; readonly at: number } | undefined;

  /**
   * @param file the opened database; its log must exist already
   * @param changed called with the fault when the store begins to fail, and when it works again
   * @param steady a monotonic clock, in milliseconds
   */
  constructor(
    file: string,
    private readonly changed: (fault: StoreFault | undefined) => void = () => undefined,
    private readonly steady: () => number = () => performance.now(),
  ) {
    this.inodes = new Map([file, `${file}-wal`, `${file}-shm`].map((path) => [path, inodeOf(path)]));
  }

  /** @throws StoreLost if a file is no longer the one that was opened */
  verify(): void {
    for (const [path, inode] of this.inodes) {
      const now = inodeOf(path);
      if (inode === undefined) this.inodes.set(path, now);
      else if (now !== inode) throw new StoreLost(`${path} was deleted or replaced`);
    }
  }

  /** A commit succeeded. */
  committed(): void {
    if (this.failure !== undefined && this.steady() - this.failure.at >= RECENT_MS) this.recover();
  }

  /** An operation of the store threw. */
  failed(error: unknown): void {
    const fault = storeFault(error);
    if (fault === undefined) return;
    const before = this.failure?.fault.code;
    this.failure = { fault, at: this.steady() };
    if (before !== fault.code) this.changed(fault);
  }

  /** The current fault. */
  get fault(): StoreFault | undefined {
    return this.failure?.fault;
  }

  private recover(): void {
    this.failure = undefined;
    this.changed(undefined);
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
