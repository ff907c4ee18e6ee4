import { setImmediate as nextTurn } from "node:timers/promises";
import { oncePerTurn } from "../../../src/relay/local/once-per-turn";

describe("oncePerTurn", () => {
  test("reads once in a turn of the event loop, and again in the next", async () => {
    let looks = 0;
    const look = oncePerTurn(() => {
      looks += 1;
      return looks;
    });
    expect([look(), look(), look()]).toEqual([1, 1, 1]);
    await nextTurn();
    expect([look(), look()]).toEqual([2, 2]);
  });

  test("reads again after an error", () => {
    let looks = 0;
    const look = oncePerTurn(() => {
      looks += 1;
      if (looks === 1) throw new Error("no file");
      return looks;
    });
    expect(look).toThrow("no file");
    expect(look()).toBe(2);
  });
});
