/** Finds the earlier place of an environment in git: on a branch, in the pipeline's apply, and when it is unknown. */
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

/** Gladly's earlier address, for an environment whose plan is in the new organization. */
function earlier(name = "shop"): string | undefined {
  const env = { RELAY_ENVIRONMENTS: checkout.folder };
  return withEarlierPlaces([{ name, plan }], env)[0]?.earlier?.gladlyUrl;
}
const move = () => checkout.write("shop", { gladly: { url: NEW, user } });

it("is from the merge base with the default branch", () => {
  checkout.git("checkout", "--quiet", "-b", "move");
  move();
  checkout.commit();
  checkout.write("other", {});
  checkout.commit();
  expect(earlier()).toBe(OLD);
});

it("is from the last commit for an uncommitted change", () => {
  move();
  expect(earlier()).toBe(OLD);
});

it("is from before the last commit on the default branch, where the pipeline applies a merge", () => {
  move();
  checkout.commit();
  expect(earlier()).toBe(OLD);
});

it("is the current one if the last commit moved nothing", () => {
  move();
  checkout.commit();
  checkout.write("other", {});
  checkout.commit();
  expect(earlier()).toBe(NEW);
});

it("is unknown for a new environment", () => {
  move();
  checkout.write("new", {});
  expect(earlier("new")).toBeUndefined();
});
