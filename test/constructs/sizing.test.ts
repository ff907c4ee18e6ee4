import { sizingFor } from "../../src/constructs/sizing";

describe("the sizing of a relay", () => {
  it.each([
    [1000, { throttleRate: 200, throttleBurst: 400, workerConcurrency: 2 }],
    [100_000, { throttleRate: 200, throttleBurst: 400, workerConcurrency: 5 }],
    [10_000_000, { throttleRate: 1737, throttleBurst: 3474, workerConcurrency: 40 }],
  ])("for %d closes a day is what the facts have worked out", (perDay, sizing) => {
    expect(sizingFor(perDay)).toEqual(sizing);
  });

  it("takes as many more deliveries as a conversation has events, and no more workers", () => {
    const [one, two] = [sizingFor(10_000_000), sizingFor(10_000_000, 2)];
    expect(two.throttleRate).toBeGreaterThanOrEqual(2 * one.throttleRate - 1);
    expect(two.workerConcurrency).toBe(one.workerConcurrency);
  });

  it("lets Gladly deliver five times its busiest second at least, whatever the volume", () => {
    for (let perDay = 1; perDay <= 10_000_000; perDay *= 3) {
      expect(sizingFor(perDay).throttleRate).toBeGreaterThanOrEqual((perDay / 86_400) * 3 * 5);
    }
  });

  it("never asks for a concurrency that Lambda does not take", () => {
    for (let perDay = 1; perDay <= 10_000_000; perDay *= 3) {
      const { workerConcurrency } = sizingFor(perDay);
      expect(workerConcurrency).toBeGreaterThanOrEqual(2);
      expect(workerConcurrency).toBeLessThanOrEqual(1000);
    }
  });
});
