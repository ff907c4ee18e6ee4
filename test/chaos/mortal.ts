/**
 * A simulated process that can die between any two steps. After its death none of its calls returns, and unfinished work
 * stays as it is. (sigkill.slow.test.ts uses real processes.)
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

  /** Wraps an object whose methods never return after the process died. */
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
