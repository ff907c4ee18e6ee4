import { sizingFor } from "../../../src/deploy/constructs/sizing";

describe("the sizing of a relay", () => {
  it.each([
    [1000, { throttleRate: 200, throttleBurst: 400, workerConcurrency: 2 }],
    [100_000, { throttleRate: 200, throttleBurst: 400, workerConcurrency: 5 }],
    [10_000_000, { throttleRate: 1737, throttleBurst: 3474, workerConcurrency: 40 }],
  ])("for %d closes a day is what the facts have worked out", (perDay, sizing) => {
    expect(sizingFor(perDay)).toEqual(sizing);
  });

  it("takes as many more deliveries as a conversation has events, and no more workers", () => {
    const [one, two] = [sizingFor(10_000_000), sizingFor(10_000_000, { eventsPerConversation: 2 })];
    expect(two.throttleRate).toBeGreaterThanOrEqual(2 * one.throttleRate - 1);
    expect(two.workerConcurrency).toBe(one.workerConcurrency);
  });

  it("lets Gladly deliver five times its busiest second at least, whatever the volume", () => {
    for (let perDay = 1; perDay <= 10_000_000; perDay *= 3) {
      expect(sizingFor(perDay).throttleRate).toBeGreaterThanOrEqual((perDay / 86_400) * 3 * 5);
    }
  });

  it("shares what it may ask of Gladly among all processes that may run at once, and gives each a useful part", () => {
    for (const gladlyRequests of [4, 10, 25, 100]) {
      for (let perDay = 1; perDay <= 4_000_000; perDay *= 3) {
        for (const feedback of [false, true]) {
          const { workerConcurrency, gladlyShares } = sizingFor(perDay, { gladlyRequests, feedback });
          const { worker, watchdog } = gladlyShares ?? { worker: 0, watchdog: 0 };
          expect(worker * workerConcurrency + watchdog).toBeLessThanOrEqual(gladlyRequests);
          expect(Math.min(worker, watchdog, workerConcurrency - 1)).toBeGreaterThanOrEqual(1);
        }
      }
    }
    expect(sizingFor(100_000, { gladlyRequests: 10 })).toMatchObject({
      ...{ workerConcurrency: 3, gladlyShares: { worker: 3, watchdog: 1 } },
    });
    expect(sizingFor(100_000).gladlyShares).toBeUndefined();
  });

  it("never asks for a concurrency that Lambda does not take", () => {
    for (let perDay = 1; perDay <= 10_000_000; perDay *= 3) {
      const { workerConcurrency } = sizingFor(perDay);
      expect(workerConcurrency).toBeGreaterThanOrEqual(2);
      expect(workerConcurrency).toBeLessThanOrEqual(1000);
    }
  });
});
