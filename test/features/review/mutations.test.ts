/** Reviews mutated real plans, as any engine may print them. The long run is mutations.ci.test.ts. */
import { reviewMutatedPlans } from "./support/mutated-plans";

it("a review of 200 mutated plans never fails, shows no planted secret in any format, and has correct counts", () => {
  expect(reviewMutatedPlans(200)).toBeGreaterThan(0);
});
