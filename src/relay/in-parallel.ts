/** Runs tasks a few at a time. */

/** Messages processed at once: a batch of ten takes two rounds, which fit into a function's timeout (docs/vendors/aws-relay.md section 5). */
export const PARALLEL = 5;

/** Runs a task for each item, `width` at a time; throws the first error after all of them have ended. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const lanes = Array.from({ length: Math.min(width, items.length) }, async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await task(item);
  });
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === "rejected");
  if (failed) throw failed.reason;
}
