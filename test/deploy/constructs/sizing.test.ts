import { sizingFor } from "../../../src/deploy/constructs/sizing";

describe("the sizing of a relay", () => {
  it.each([
    [1000, { throttleRate: 200, throttleBurst: 400, workerConcurrency: 2 }],
    [100_000, { throttleRate: 200, throttleBurst: 400, workerConcurrency: 5 }],
    [10_000_000, { throttleRate: 1737, throttleBurst: 3474, workerConcurrency: 40 }],
  ])("for %d closes a day equals the fact sheet", (perDay, sizing) => {
    expect(sizingFor(perDay)).toEqual(sizing);
  });

  it("allows more deliveries for more events per conversation, but no more workers", () => {
    const [one, two] = [sizingFor(10_000_000), sizingFor(10_000_000, { eventsPerConversation: 2 })];
    expect(two.throttleRate).toBeGreaterThanOrEqual(2 * one.throttleRate - 1);
    expect(two.workerConcurrency).toBe(one.workerConcurrency);
  });

  it("allows at least five times Gladly's busiest second for every volume", () => {
    for (let perDay = 1; perDay <= 10_000_000; perDay *= 3) {
      expect(sizingFor(perDay).throttleRate).toBeGreaterThanOrEqual((perDay / 86_400) * 3 * 5);
    }
  });

  it("divides Gladly's rate limit among all processes that can run at once, with a useful share for each", () => {
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

  it("never sets a concurrency that Lambda refuses", () => {
    for (let perDay = 1; perDay <= 10_000_000; perDay *= 3) {
      const { workerConcurrency } = sizingFor(perDay);
      expect(workerConcurrency).toBeGreaterThanOrEqual(2);
      expect(workerConcurrency).toBeLessThanOrEqual(1000);
    }
  });
});
