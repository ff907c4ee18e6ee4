import { WorkLoop, type WorkLoopOptions } from "../../../src/relay/local/work-loop";
import type { Message, Verdict } from "../../../src/relay/ports";
import { envelope } from "../contract/envelopes";
import { eventually } from "../support/wait";

const DONE: Verdict = { kind: "done" };

/** A queue in memory with this number of messages, and the settled messages. */
function memoryQueue(count: number) {
  const due: Message[] = Array.from({ length: count }, (_, index) => ({
    envelope: envelope(`e${index}`),
    receipt: "",
  }));
  const settled: string[] = [];
  const failures = { left: 0 };
  const queue: WorkLoopOptions["queue"] = {
    receive: async (most) => due.splice(0, most),
    settle: async (message) => {
      if (failures.left > 0) {
        failures.left -= 1;
        throw new Error("not stored");
      }
      settled.push(message.envelope.id);
    },
    nextDue: () => undefined,
  };
  return { queue, settled, failures };
}

const start = (queue: WorkLoopOptions["queue"], work: (message: Message) => Promise<Verdict>) => {
  const failed: unknown[] = [];
  const loop = new WorkLoop({
    ...{ queue, slots: 3, now: () => 0, worker: async () => work },
    failed: (error) => failed.push(error),
  });
  return { loop, failed };
};

test("one slow message blocks only its own slot, and all others are done in the meantime", async () => {
  const { queue, settled } = memoryQueue(50);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let most = 0;
  let now = 0;
  const { loop } = start(queue, async (message) => {
    now += 1;
    most = Math.max(most, now);
    await (message.envelope.id === "e0" ? held : new Promise(setImmediate));
    now -= 1;
    return DONE;
  });
  await eventually(
    () => settled.length,
    (count) => count === 49,
  );
  expect(most).toBe(3);
  release();
  await loop.stop();
  expect(settled).toHaveLength(50);
});

test("a verdict that cannot be stored is stored as soon as it can be", async () => {
  const { queue, settled, failures } = memoryQueue(1);
  failures.left = 1;
  const { loop, failed } = start(queue, async () => DONE);
  await eventually(
    () => settled.length,
    (count) => count === 1,
  );
  expect(failed).toEqual([new Error("not stored")]);
  await loop.stop();
});

test("started messages are settled before the loop stops", async () => {
  const { queue, settled } = memoryQueue(2);
  let begun = 0;
  const { loop } = start(queue, async () => {
    begun += 1;
    await new Promise((resolve) => setTimeout(resolve, 30));
    return DONE;
  });
  await eventually(
    () => begun,
    (count) => count === 2,
  );
  await loop.stop();
  expect(settled).toHaveLength(2);
});
