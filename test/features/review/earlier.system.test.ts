/** Where an environment was before, as git has it: on a branch, in the pipeline's apply, and where nobody knows. */
import { withEarlierPlaces } from "../../../src/features/review/gather-earlier";
import { Checkout } from "../shared/checkout";
import { planIn } from "./support/plans";

const OLD = "http://127.0.0.1:1";
const NEW = "http://127.0.0.1:2";
const user = "api@example.com";
const topic = { address: "gladly_topic.t", actions: ["create"], after: { name: "t" } };
const plan = planIn({ on: "one machine", gladlyUrl: NEW }, [topic]);

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
  checkout.write("shop", { gladly: { url: OLD, user } });
  checkout.commit();
});
afterEach(() => checkout.remove());

/** Gladly's address before, of an environment whose plan is in the new organization. */
function earlier(name = "shop"): string | undefined {
  const env = { RELAY_ENVIRONMENTS: checkout.folder };
  return withEarlierPlaces([{ name, plan }], env)[0]?.earlier?.gladlyUrl;
}
const move = () => checkout.write("shop", { gladly: { url: NEW, user } });

it("is where the branch left the default one", () => {
  checkout.git("checkout", "--quiet", "-b", "move");
  move();
  checkout.commit();
  checkout.write("other", {});
  checkout.commit();
  expect(earlier()).toBe(OLD);
});

it("is in the last commit for a change that is not committed yet", () => {
  move();
  expect(earlier()).toBe(OLD);
});

it("is before the last commit on the default branch, as where the pipeline applies a merge", () => {
  move();
  checkout.commit();
  expect(earlier()).toBe(OLD);
});

it("is where it is now, where the last commit moved nothing", () => {
  move();
  checkout.commit();
  checkout.write("other", {});
  checkout.commit();
  expect(earlier()).toBe(NEW);
});

it("is not known of a new environment", () => {
  move();
  checkout.write("new", {});
  expect(earlier("new")).toBeUndefined();
});
