import { Slots } from "../../src/sandbox/slots";

test("no more tasks run at once than there are slots, and each runs in order", async () => {
  const slots = new Slots(2);
  const order: string[] = [];
  let running = 0;
  let most = 0;
  const work = (name: string, fails = false) =>
    slots.run(async () => {
      running += 1;
      most = Math.max(most, running);
      order.push(name);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (fails) throw new Error(name);
    });
  const all = await Promise.allSettled([work("a"), work("b", true), work("c"), work("d"), work("e")]);
  expect(most).toBe(2);
  expect(order).toEqual(["a", "b", "c", "d", "e"]);
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
});
