/**
 * Checks Terraform core's rules for plans with random schemas and configurations. `support/core.ts` checks the rules, and
 * throws when one is broken. It does not know how plans are computed.
 */
import * as fc from "fast-check";
import { arbitrarilyUnknown, arbitraryAttributes, arbitraryConfig } from "../support/arbitrary-schema";
import { memoryCore, THING } from "../support/memory-provider";

const RUNS = { numRuns: 300 };

const scenario = arbitraryAttributes().chain((attributes) =>
  fc.record({ first: arbitraryConfig(attributes), second: arbitraryConfig(attributes) }).chain(({ first, second }) =>
    fc.record({
      attributes: fc.constant(attributes),
      first: fc.constant(first),
      firstAtPlan: arbitrarilyUnknown(attributes, first),
      second: fc.constant(second),
      secondAtPlan: arbitrarilyUnknown(attributes, second),
    }),
  ),
);

describe("for any schema and any configuration", () => {
  it("the next plan after a create or an update has no changes", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ attributes, first, second }) => {
        const { core } = await memoryCore(attributes);
        const created = await core.apply(THING, null, first);
        expect(created.errors).toEqual([]);
        const refreshed = await core.refresh(THING, created.state ?? {});
        expect(refreshed.state).toEqual(created.state);
        expect((await core.plan(THING, refreshed.state, first)).action).toBe("none");
        const updated = await core.apply(THING, refreshed.state, second);
        expect(updated.errors).toEqual([]);
        expect((await core.plan(THING, updated.state, second)).action).toBe("none");
      }),
      RUNS,
    );
  });

  it("an unknown value of the plan stays consistent with the plan when it is known at apply", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ attributes, first, firstAtPlan, second, secondAtPlan }) => {
        const { core } = await memoryCore(attributes);
        const created = await core.apply(THING, null, first, firstAtPlan);
        expect(created.errors).toEqual([]);
        const updated = await core.apply(THING, created.state, second, secondAtPlan);
        expect(updated.errors).toEqual([]);
      }),
      RUNS,
    );
  });

  it("destroy removes the object, and an import returns the existing object", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ attributes, first }) => {
        const { core, memory } = await memoryCore(attributes);
        const created = await core.apply(THING, null, first);
        const imported = await core.import(THING, String(created.state?.id));
        expect(imported.errors).toEqual([]);
        expect(imported.state).toEqual(memory.objects.get(String(created.state?.id)));
        expect((await core.apply(THING, created.state, null)).state).toBeNull();
        expect(memory.objects.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});
