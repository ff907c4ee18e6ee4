/**
 * Requests that the sandbox sends: Gladly's deliveries, Stella's look-ups. Each has its own abort signal: `fetch` leaves
 * its listeners on a signal until garbage collection, so a shared signal would accumulate thousands.
 */
export class Outgoing {
  private readonly active = new Set<AbortController>();
  private hasEnded = false;

  /** Whether {@link end} was called, which makes requests fail. */
  get ended(): boolean {
    return this.hasEnded;
  }

  /**
   * Sends one request and reads its whole answer. Redirects are not followed.
   *
   * @param timeLimit wall-clock milliseconds for the whole exchange
   * @throws an error named `TimeoutError` after the time limit, otherwise what `fetch` throws
   */
  async send(url: string, init: RequestInit, timeLimit?: number): Promise<{ status: number; body: string }> {
    const controller = new AbortController();
    const abort = () => controller.abort(new DOMException("no answer in time", "TimeoutError"));
    const timer = timeLimit === undefined ? undefined : setTimeout(abort, timeLimit);
    this.active.add(controller);
    try {
      const response = await fetch(url, { redirect: "manual", ...init, signal: controller.signal });
      return { status: response.status, body: await response.text() };
    } finally {
      clearTimeout(timer);
      this.active.delete(controller);
    }
  }

  /** Aborts every request in progress. */
  end(): void {
    this.hasEnded = true;
    for (const controller of this.active) controller.abort();
  }
}
