/** Processes one batch of due messages, a few at a time, as the worker function does. */
import { inParallel, PARALLEL } from "../../src/relay/in-parallel";
import type { Message, Queue, Verdict } from "../../src/relay/ports";

const BATCH = 10;

/** @returns the number of processed messages; 0 when none is due */
export async function workBatch(queue: Queue, work: (message: Message) => Promise<Verdict>): Promise<number> {
  const messages = await queue.receive(BATCH);
  await inParallel(messages, PARALLEL, async (message) => {
    await queue.settle(message, await work(message));
  });
  return messages.length;
}
