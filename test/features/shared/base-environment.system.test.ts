import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type BaseFound, findBase } from "../../../src/features/shared/base-environment";
import { Checkout } from "./checkout";

let checkout: Checkout;
let folder: string;

beforeEach(() => {
  checkout = new Checkout();
  folder = checkout.folder;
});

afterEach(() => {
  // The temporary folder next to the environments is always removed.
  expect(readdirSync(join(folder, ".."))).toEqual(["environments"]);
  checkout.remove();
});

const found = (result: BaseFound) => (result.kind === "found" ? result.base : result);

test("an uncommitted change is compared with HEAD, even when the file imports from its project", () => {
  checkout.write("shop", { surveyMode: "test" });
  const commit = checkout.commit();
  checkout.write("shop", { surveyMode: "production" });
  expect(found(findBase(folder, "shop", undefined))).toMatchObject({
    ref: "HEAD",
    commit: expect.stringMatching(new RegExp(`^${commit.slice(0, 12)}`)),
    environment: { name: "shop", surveyMode: "test" },
  });
});

test("a branch is compared with its merge base, not with later commits on the default branch", () => {
  checkout.write("shop", { delivery: "forward" });
  const left = checkout.commit();
  checkout.git("checkout", "--quiet", "-b", "going-live");
  checkout.write("shop", { delivery: "enrich" });
  checkout.commit();
  checkout.git("checkout", "--quiet", "main");
  checkout.write("shop", { delivery: "direct" });
  checkout.commit();
  checkout.git("checkout", "--quiet", "going-live");
  expect(found(findBase(folder, "shop", undefined))).toMatchObject({
    ref: "main",
    commit: left.slice(0, 12),
    environment: { delivery: "forward" },
  });
  expect(found(findBase(folder, "shop", "main"))).toMatchObject({ environment: { delivery: "direct" } });
  expect(found(findBase(folder, "shop", "HEAD"))).toMatchObject({ ref: "HEAD", environment: { delivery: "enrich" } });
});

test("without a repository, a commit, or the file there is no comparison, with the reason", () => {
  checkout.write("shop", {});
  expect(found(findBase(folder, "shop", undefined))).toMatchObject({ why: "there is no commit yet" });
  checkout.write("other", {});
  checkout.commit("stacks/environments/other.ts");
  expect(found(findBase(folder, "shop", undefined))).toMatchObject({
    why: "the environment is new: there is no shop.ts at HEAD",
  });
  expect(() => findBase(folder, "shop", "main")).toThrow("--base main: the environment is new");
  rmSync(join(checkout.root, ".git"), { recursive: true });
  expect(found(findBase(folder, "shop", undefined))).toMatchObject({
    why: "the environment files are not in a git repository",
  });
  expect(() => findBase(folder, "shop", "main")).toThrow("is not in a git repository");
});

test("an error in the older file is reported with the ref's name, and stops only if the ref was named", () => {
  checkout.write("shop", { surveyMode: "sometimes" });
  checkout.commit();
  checkout.write("shop", {});
  expect(() => findBase(folder, "shop", "main")).toThrow(
    /the environment files at main \([0-9a-f]{12}\) cannot be used; name another commit with --base[\s\S]*main:.*environments\/shop\.ts {2}surveyMode[\s\S]*"sometimes"/,
  );
  expect(found(findBase(folder, "shop", undefined))).toMatchObject({
    why: expect.stringMatching(/^the environment files at HEAD \([0-9a-f]{12}\) cannot be used$/),
    detail: expect.stringContaining("surveyMode"),
  });
});
