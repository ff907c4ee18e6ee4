/**
 * A process that can die between any two steps, in memory: after its death none of its calls ever returns, and what it
 * had begun stays as it was. (The real thing, SIGKILL, is tried in sigkill.test.ts.)
 */
export class Mortal {
  private alive = true;
  private stepsLeft = Number.POSITIVE_INFINITY;
  private announce: () => void = () => undefined;
  /** Resolves when it dies. */
  readonly death = new Promise<"dead">((resolve) => {
    this.announce = () => resolve("dead");
  });

  /** Dies before or after one of the next calls. */
  dieAfter(steps: number): void {
    this.stepsLeft = steps;
  }

  get dead(): boolean {
    return !this.alive;
  }

  die(): void {
    this.alive = false;
    this.announce();
  }

  /** The same object, whose methods end with the process. */
  wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => this.call(() => Reflect.apply(value, object, given));
      },
    });
  }

  private call(run: () => unknown): unknown {
    if (this.step()) return never();
    const result = run();
    if (!(result instanceof Promise)) return result;
    return result.then(
      (value: unknown) => (this.step() ? never() : value),
      (error: unknown) => {
        if (this.step()) return never();
        throw error;
      },
    );
  }

  private step(): boolean {
    this.stepsLeft -= 1;
    if (this.alive && this.stepsLeft < 0) this.die();
    return !this.alive;
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
