/** A served relay with a wrong clock for a time: it loses nothing, sends nothing twice, and reports it. */
import { closeEvent, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

/** @param by error of the clock in milliseconds */
export async function clockOffForAWhile(by: number): Promise<void> {
  const upstreams = await Upstreams.start();
  const home = new TestRelay(upstreams);
  home.configure();
  const clock = { off: 0, now: () => Date.now() + clock.off };
  try {
    await home.serve(0.001, { clock });
    const sent = async (id: string) => {
      await eventually(
        () => home.explain(`conversation=${id}`),
        (list) => list[0]?.state === "sent",
        { pause: 20 },
      );
    };
    for (const id of ["before", "during"]) upstreams.addConversation(id);
    expect(await home.post(closeEvent("before"))).toBe(200);
    await sent("before");
    upstreams.mood = 429;
    clock.off = by;
    expect(await home.post(closeEvent("during"))).toBe(200);
    await eventually(
      () => home.explain("conversation=during"),
      (list) => (list[0]?.attempts ?? 0) > 0,
      { pause: 20 },
    );
    clock.off = 0;
    upstreams.mood = 200;
    await sent("during");
    // Gladly delivers the first close again.
    expect(await home.post(closeEvent("before"))).toBe(200);
    await eventually(
      () => home.explain("conversation=before"),
      (list) => list[0]?.duplicates === 1,
    );
    const asked = upstreams.surveys().map(({ ext_interaction_id }) => ext_interaction_id);
    expect(asked.sort()).toEqual(["before", "during"]);
    expect(home.log.filter(({ event }) => event === "clock.leaped").length).toBeGreaterThanOrEqual(1);
    const health = JSON.parse(await (await fetch(`${home.relay?.operationsUrl}/health`)).text());
    expect(health.findings).toContainEqual(expect.objectContaining({ id: "clock-leaped" }));
    expect(await home.metrics()).toMatch(/^relay_clock_leaped_total [1-9]/m);
  } finally {
    await home.remove();
  }
}
