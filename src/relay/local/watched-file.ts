/** A file that is read again after a change. Each use checks it, so a writer need not notify the reader. */
import { readFileSync, statSync } from "node:fs";

export class WatchedFile<T> {
  private readonly missing: Error;
  private seen: string | undefined;
  private outcome: { readonly value: T } | { readonly error: unknown } | undefined;

  /** @param load parses the file's content; its error is kept until the file changes */
  constructor(
    readonly path: string,
    private readonly load: (content: string, mode: number) => T,
  ) {
    this.missing = Object.assign(new Error(`there is no ${path}`), { code: "ENOENT", syscall: "open" });
  }

  /** @throws what `load` throws, or the system's error if there is no file */
  read(): T {
    const value = this.readIfThere();
    if (value === undefined) throw this.missing;
    return value;
  }

  /**
   * Undefined if there is no file. Every delivery calls it, so it avoids the cost of an exception.
   *
   * @throws what `load` throws
   */
  readIfThere(): T | undefined {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    const { mtimeMs, ctimeMs, size, ino, mode } = stats;
    const now = `${mtimeMs}:${ctimeMs}:${size}:${ino}:${mode}`;
    if (this.outcome === undefined || now !== this.seen) {
      this.seen = now;
      try {
        this.outcome = { value: this.load(readFileSync(this.path, "utf8"), mode) };
      } catch (error) {
        this.outcome = { error };
      }
    }
    if ("error" in this.outcome) throw this.outcome.error;
    return this.outcome.value;
  }
}
