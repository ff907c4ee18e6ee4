/**
 * One secret in memory: valid for 300 s, still used when it cannot be read again, and read at once when a caller doubts it
 * (docs/vendors/aws-relay.md section 4.1 and section 8).
 */
import { SecretUnreadable } from "../ports";

/** Milliseconds for which a copy is valid. */
export const LIFETIME = 300_000;
/** Milliseconds between attempts to read the secret while an older copy is used. */
const RETRY_PAUSE = 5_000;

export interface CachedSecretOptions<T> {
  /** The secret's name for messages. */
  readonly name: string;
  readonly read: () => Promise<string>;
  /** @throws Error with the fault but without the value */
  readonly parse: (text: string) => T;
  readonly now: () => number;
  /** Called when an older copy is used. */
  readonly stale: (name: string, error: Error) => void;
}

interface Copy<T> {
  readonly text: string;
  readonly value: T;
  readonly readAt: number;
}

export class CachedSecret<T> {
  private copy: Copy<T> | undefined;
  private failedAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<Copy<T>> | undefined;

  constructor(private readonly options: CachedSecretOptions<T>) {}

  /**
   * Returns the same object until the secret's text changes.
   *
   * @param lifetime largest age of a copy, in milliseconds, that the caller accepts
   * @throws SecretUnreadable when there is no value, not even an older one
   */
  async get(lifetime = LIFETIME): Promise<T> {
    const { copy } = this;
    if (copy !== undefined && (this.since(copy.readAt) < lifetime || this.since(this.failedAt) < RETRY_PAUSE)) {
      return copy.value;
    }
    this.reading ??= this.refresh().finally(() => {
      this.reading = undefined;
    });
    return (await this.reading).value;
  }

  private since(time: number): number {
    return Math.abs(this.options.now() - time);
  }

  private async refresh(): Promise<Copy<T>> {
    const { name, read, parse, now, stale } = this.options;
    try {
      const text = await read();
      const value = this.copy !== undefined && this.copy.text === text ? this.copy.value : parse(text);
      this.copy = { text, value, readAt: now() };
      return this.copy;
    } catch (error) {
      const reason = error instanceof Error ? error : new Error("unknown");
      if (this.copy === undefined) {
        const isUnset = reason instanceof SecretUnreadable && reason.isUnset;
        throw new SecretUnreadable(`the secret ${name} cannot be used: ${reason.message}`, isUnset);
      }
      this.failedAt = now();
      stale(name, reason);
      return this.copy;
    }
  }
}
