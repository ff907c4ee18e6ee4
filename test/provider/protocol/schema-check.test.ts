import { defineProvider } from "../../../src/provider/protocol/provider";
import type { Attributes } from "../../../src/provider/protocol/schema/attribute";
import { nestedList, string } from "../../../src/provider/protocol/schema/attributes";

describe("a schema that breaks Terraform's rules", () => {
  it("is refused when the provider is created, with all faults at once", () => {
    const bad = (attributes: Attributes) => () =>
      defineProvider<Attributes, string>({
        name: "bad",
        version: "1",
        address: "a/b/c",
        description: "bad",
        attributes,
        configure: async () => "x",
        resources: [],
        dataSources: [],
      });
    const list = nestedList(
      { inner: string({ default: "x", description: "x" }) },
      { optional: true, description: "x" },
    );
    const attributes = {
      Upper: string({ optional: true, description: "x" }),
      silent: string({ optional: true, description: " " }),
      nowhere: string({ description: "x" }),
      both: string({ required: true, computed: true, description: "x" }),
      odd: string({ writeOnly: true, computed: true, description: "x" }),
      stable: string({ required: true, changesWith: [], description: "x" }),
      unpaired: { ...list, ...(list.nested ? { nested: { ...list.nested, nesting: "set" as const } } : {}) },
    };
    expect(bad(attributes)).toThrow(
      /bad\.Upper[\s\S]*bad\.silent[\s\S]*bad\.nowhere[\s\S]*bad\.both[\s\S]*bad\.odd[\s\S]*bad\.stable[\s\S]*bad\.unpaired\.inner/,
    );
  });
});
