/** Real plans, mutated: whatever an engine may print. The long run is mutations.slow.test.ts. */
import { reviewMutatedPlans } from "./support/mutated-plans";

it("a review of 200 mutated plans never fails, shows no planted secret in any format, and counts right", () => {
  expect(reviewMutatedPlans(200)).toBeGreaterThan(0);
});
