/** Processes one batch of due messages, a few at a time. */
import type { Message, Queue, Verdict } from "./ports";

/** Messages processed at once: a batch of ten takes two rounds, which fit into a function's timeout (docs/vendors/aws-relay.md section 5). */
export const PARALLEL = 5;
export const BATCH = 10;

/**
 * @returns how many messages were processed; 0 means that nothing is due
 * @throws if the queue cannot be read or written; its messages become available again by themselves
 */
export async function workBatch(
  queue: Queue,
  work: (message: Message) => Promise<Verdict>,
  limits: { readonly batch?: number; readonly parallel?: number } = {},
): Promise<number> {
  const messages = await queue.receive(limits.batch ?? BATCH);
  await inParallel(messages, limits.parallel ?? PARALLEL, async (message) => {
    await queue.settle(message, await work(message));
  });
  return messages.length;
}

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
