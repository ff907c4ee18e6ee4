/** What every invocation of a function has: a request id in its log lines, a time limit, and its metrics written. */
import type { Observability } from "./observability";
import type { InvocationContext, TimeLeft } from "./time-left";

export type LambdaFunction<T> = (event: unknown, context: InvocationContext) => Promise<T>;

/** @param answer gets the event, and returns the function's result */
export function lambdaFunction<T>(
  observability: Observability,
  time: TimeLeft,
  answer: (event: unknown) => Promise<T>,
): LambdaFunction<T> {
  return async (event, context) => {
    observability.begin(context);
    time.begin(context);
    try {
      return await answer(event);
    } finally {
      observability.flush();
    }
  };
}
