/**
 * Requests that the sandbox itself sends: Gladly's deliveries, Stella's look-ups. Each has an abort signal of its own that
 * lives as long as the request: `fetch` keeps its listeners on a signal until they are collected, so that one signal
 * for all of them would gather thousands.
 */
export class Outgoing {
  private readonly underWay = new Set<AbortController>();
  private over = false;

  /** Whether {@link end} was called: what failed then failed for that reason. */
  get ended(): boolean {
    return this.over;
  }

  /**
   * Sends one request and reads its whole answer. Redirects are not followed.
   *
   * @param timeLimit wall-clock milliseconds for the whole exchange
   * @throws an error named `TimeoutError` when the limit is over, else what `fetch` throws
   */
  async send(url: string, init: RequestInit, timeLimit?: number): Promise<{ status: number; body: string }> {
    const controller = new AbortController();
    const tooLate = () => controller.abort(new DOMException("no answer in time", "TimeoutError"));
    const timer = timeLimit === undefined ? undefined : setTimeout(tooLate, timeLimit);
    this.underWay.add(controller);
    try {
      const response = await fetch(url, { redirect: "manual", ...init, signal: controller.signal });
      return { status: response.status, body: await response.text() };
    } finally {
      clearTimeout(timer);
      this.underWay.delete(controller);
    }
  }

  /** Ends everything that is under way. */
  end(): void {
    this.over = true;
    for (const controller of this.underWay) controller.abort();
  }
}
