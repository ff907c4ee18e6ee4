/** Whether what is committed lasts: the file is still there, and the last commits went well. */
import { statSync } from "node:fs";
import { type StoreFault, StoreLost, storeFault } from "./store-faults";

/** Milliseconds for which a failed commit counts although a smaller one may have gone well since. */
const RECENT_MS = 60_000;

export class StoreWatch {
  private readonly inodes: Map<string, number | undefined>;
  private failure: { readonly fault: StoreFault; readonly at: number } | undefined;

  /**
   * @param file the opened database, whose log is there already
   * @param changed told when the store begins to fail, with the fault, and when it is well again
   * @param steady milliseconds of a clock that nobody can set
   */
  constructor(
    file: string,
    private readonly changed: (fault: StoreFault | undefined) => void = () => undefined,
    private readonly steady: () => number = () => performance.now(),
  ) {
    this.inodes = new Map([file, `${file}-wal`, `${file}-shm`].map((path) => [path, inodeOf(path)]));
  }

  /** @throws StoreLost when a file is no longer the one that was opened */
  verify(): void {
    for (const [path, inode] of this.inodes) {
      const now = inodeOf(path);
      if (inode === undefined) this.inodes.set(path, now);
      else if (now !== inode) throw new StoreLost(`${path} was deleted or replaced`);
    }
  }

  /** A commit went well. */
  committed(): void {
    if (this.failure !== undefined && this.steady() - this.failure.at >= RECENT_MS) this.recover();
  }

  /** Something that was asked of the store threw. */
  failed(error: unknown): void {
    const fault = storeFault(error);
    if (fault === undefined) return;
    const before = this.failure?.fault.code;
    this.failure = { fault, at: this.steady() };
    if (before !== fault.code) this.changed(fault);
  }

  /** What is wrong now. */
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
