/** Decisions of the plan, each with the smallest schema. */
import { bool, nested, string, stringSet } from "../../../src/provider/protocol/schema/attributes";
import { planChange } from "../../../src/provider/protocol/schema/plan";
import { formatPath } from "../../../src/provider/protocol/values/path";
import { UNKNOWN, type Value } from "../../../src/provider/protocol/values/value";

const attributes = {
  id: string({ computed: true, changesWith: [], description: "id" }),
  name: string({ required: true, description: "name" }),
  region: string({ optional: true, replaces: true, description: "region" }),
  zones: stringSet({ optional: true, replaces: true, description: "zones" }),
  place: nested(
    {
      city: string({ optional: true, replaces: true, description: "city" }),
      hint: string({ optional: true, description: "hint" }),
    },
    { optional: true, description: "place" },
  ),
  enabled: bool({ default: true, description: "enabled" }),
  status: string({ computed: true, changesWith: ["enabled"], description: "status" }),
  seen: string({ computed: true, description: "seen" }),
};
const state = {
  id: "1",
  name: "a",
  region: "eu",
  zones: ["x", "y"],
  place: { city: "c", hint: null },
  enabled: true,
  status: "on",
  seen: "t",
};
const config = {
  id: null,
  name: "a",
  region: "eu",
  zones: ["y", "x"],
  place: { city: "c", hint: null },
  enabled: null,
  status: null,
  seen: null,
};
const plan = (changes: Record<string, Value>) => {
  const { planned, replaces } = planChange(attributes, state, { ...config, ...changes });
  return { planned, replaces: replaces.map(formatPath) };
};

describe("a plan", () => {
  it("equals the state when nothing changes, for any order of a set", () => {
    expect(plan({})).toEqual({ planned: { ...state, zones: ["y", "x"] }, replaces: [] });
  });

  it("makes a computed value unknown only when a related attribute changes", () => {
    expect(plan({ name: "b" }).planned).toMatchObject({ id: "1", status: "on", seen: UNKNOWN });
    expect(plan({ enabled: false }).planned).toMatchObject({ id: "1", status: UNKNOWN, seen: UNKNOWN });
  });

  it("makes every computed value of a new object unknown, and sets defaults", () => {
    expect(planChange(attributes, null, config).planned).toMatchObject({
      id: UNKNOWN,
      status: UNKNOWN,
      seen: UNKNOWN,
      enabled: true,
    });
  });

  it.each<[string, Record<string, Value>, string[]]>([
    ["another value", { region: "us" }, ["region"]],
    ["no value any more", { region: null }, ["region"]],
    ["a value that is not known yet", { region: UNKNOWN }, ["region"]],
    ["another set", { zones: ["x"] }, ["zones"]],
    ["another value inside an object", { place: { city: "d", hint: null } }, ["place.city"]],
    ["several at once", { region: "us", zones: null }, ["region", "zones"]],
    ["another value that needs none", { name: "b", place: { city: "c", hint: "h" } }, []],
  ])("replaces the object for %s of an attribute that requires it", (_what, changes, replaces) => {
    expect(plan(changes).replaces).toEqual(replaces);
  });

  it("does not replace an object that does not exist yet", () => {
    expect(planChange(attributes, null, { ...config, region: "us" }).replaces).toEqual([]);
  });
});
