/** The protocol's calls that read and validate, in process. */
import { Diagnostic_Severity } from "../../../src/provider/protocol/generated/tfplugin6";
import { decodeObject, encode } from "../../../src/provider/protocol/rpc/dynamic";
import { string } from "../../../src/provider/protocol/schema/attributes";
import type { Value } from "../../../src/provider/protocol/values/value";
import { CAPABLE, configured, note, noteAttributes, setUp } from "../support/notes-provider";

describe("GetProviderSchema and GetMetadata", () => {
  it("list every type with the version of its schema", () => {
    const { calls } = setUp();
    const schema = calls.getProviderSchema();
    expect(schema.resourceSchemas.notes_note?.version).toBe(2n);
    expect(schema.serverCapabilities).toEqual({
      planDestroy: false,
      getProviderSchemaOptional: true,
      moveResourceState: false,
    });
    expect(calls.getMetadata().resources).toEqual([{ typeName: "notes_note" }]);
    expect(calls.getMetadata().dataSources).toEqual([{ typeName: "notes_search" }]);
    expect(calls.getFunctions()).toEqual({ functions: {}, diagnostics: [] });
  });

  it("give nested attributes only a nested type, and other attributes only a type", () => {
    const attributes = setUp().calls.getProviderSchema().resourceSchemas.notes_note?.block?.attributes ?? [];
    const lines = attributes.find(({ name }) => name === "lines");
    const text = attributes.find(({ name }) => name === "text");
    expect(lines?.type).toHaveLength(0);
    expect(lines?.nestedType?.nesting).toBe(2);
    expect(text?.nestedType).toBeUndefined();
    expect(text?.type.toString()).toBe('"string"');
    expect(attributes.find(({ name }) => name === "secret")).toMatchObject({
      writeOnly: true,
      optional: true,
      computed: false,
    });
  });
});

describe("validation", () => {
  const validate = async (config: Record<string, Value>, writeOnlyAttributesAllowed = true) => {
    const clientCapabilities = { deferralAllowed: false, writeOnlyAttributesAllowed };
    const request = { typeName: "notes_note", config: encode(note(config)), clientCapabilities };
    return (await setUp().calls.validateResourceConfig(request)).diagnostics;
  };

  it("points at an element of a list with two steps, and names the rest of the path, even index 0", async () => {
    const [fault] = await validate({ text: "x", lines: [{ word: "" }] });
    expect(fault?.severity).toBe(Diagnostic_Severity.ERROR);
    expect(fault?.attribute?.steps.map(({ selector }) => selector)).toEqual([
      { $case: "attributeName", value: "lines" },
      { $case: "elementKeyInt", value: 0n },
    ]);
    expect(fault?.detail).toContain("At lines[0].word.");
  });

  it("checks across attributes", async () => {
    expect((await validate({ text: "cross" })).map(({ summary }) => summary)).toEqual(["Crossed"]);
    expect(await validate({ text: "cross", lines: [] })).toEqual([]);
  });

  it("refuses a write-only value if Terraform is too old to keep it out of the state", async () => {
    expect((await validate({ text: "x", secret: "s" }, false)).map(({ summary }) => summary)).toEqual([
      "Write-only value needs a newer Terraform",
    ]);
    expect(await validate({ text: "x" }, false)).toEqual([]);
  });

  it("checks the provider's own block", async () => {
    const { diagnostics } = await setUp().calls.validateProviderConfig({ config: encode({ strict: "" }) });
    expect(diagnostics).toHaveLength(1);
  });

  it("names a type that the provider does not have", async () => {
    const { diagnostics } = await setUp().calls.validateResourceConfig({
      typeName: "notes_other",
      config: encode(null),
      clientCapabilities: CAPABLE,
    });
    expect(diagnostics[0]?.detail).toContain("has no resource notes_other");
  });
});

describe("UpgradeResourceState", () => {
  const upgrade = (version: number, json: string) =>
    setUp().calls.upgradeResourceState({
      typeName: "notes_note",
      version: BigInt(version),
      rawState: { json: Buffer.from(json), flatmap: {} },
    });

  it("upgrades version by version, drops removed attributes, and adds null for new ones", async () => {
    const { upgradedState, diagnostics } = await upgrade(0, '{"id":"n1","body":"hello","colour":"red"}');
    expect(diagnostics).toEqual([]);
    expect(decodeObject(noteAttributes, upgradedState)).toEqual(note({ id: "n1", text: "hello" }));
  });

  it("also runs for the current version, and removes write-only values", async () => {
    const { upgradedState } = await upgrade(2, '{"id":"n1","text":"hello","secret":"leaked"}');
    expect(decodeObject(noteAttributes, upgradedState)).toEqual(note({ id: "n1", text: "hello" }));
  });

  it("reports a state that is older than any known version", async () => {
    expect((await upgrade(-1, "{}")).diagnostics[0]?.summary).toBe("State cannot be upgraded");
    expect((await upgrade(2, "")).diagnostics[0]?.summary).toBe("State is too old");
    expect((await upgrade(2, '{"text":7}')).diagnostics[0]?.detail).toContain("text: expected string, got number");
  });
});

describe("ReadResource, ImportResourceState and ReadDataSource", () => {
  it("return private data, and nothing for deleted objects", async () => {
    const { calls } = await configured();
    const read = (id: string) =>
      calls.readResource({
        typeName: "notes_note",
        currentState: encode(note({ id, text: "x" })),
        private: Buffer.from("private"),
        currentIdentity: undefined,
        providerMeta: undefined,
        clientCapabilities: CAPABLE,
      });
    const there = await read("n1");
    expect(there.private.toString()).toBe("private");
    expect(decodeObject(noteAttributes, there.newState)).toEqual(note({ id: "n1", text: "x" }));
    expect(decodeObject(noteAttributes, (await read("gone")).newState)).toBeNull();
  });

  it("import the attribute that identifies the object, with null for the rest", async () => {
    const { calls } = await configured();
    const { importedResources } = await calls.importResourceState({
      typeName: "notes_note",
      id: "-x",
      identity: undefined,
      clientCapabilities: CAPABLE,
    });
    expect(importedResources.map(({ state }) => decodeObject(noteAttributes, state))).toEqual([note({ id: "-x" })]);
  });

  it("return the unchanged configuration of a data source", async () => {
    const { calls } = await configured();
    const request = {
      typeName: "notes_search",
      config: encode({ query: "q", found: null }),
      providerMeta: undefined,
      clientCapabilities: CAPABLE,
    };
    const { state } = await calls.readDataSource(request);
    const attributes = {
      query: string({ required: true, description: "q" }),
      found: string({ computed: true, description: "f" }),
    };
    expect(decodeObject(attributes, state)).toEqual({ query: "q", found: "Q" });
  });

  it("report when the provider was never configured", async () => {
    const { calls } = setUp();
    const config = { terraformVersion: "1.11.4", config: encode({ strict: "x" }), clientCapabilities: CAPABLE };
    const { diagnostics } = await calls.importResourceState({
      typeName: "notes_note",
      id: "x",
      identity: undefined,
      clientCapabilities: CAPABLE,
    });
    expect(diagnostics[0]?.summary).toBe("Provider is not configured");
    expect((await calls.configureProvider(config)).diagnostics).toEqual([]);
    expect(
      (
        await calls.importResourceState({
          typeName: "notes_note",
          id: "x",
          identity: undefined,
          clientCapabilities: CAPABLE,
        })
      ).diagnostics,
    ).toEqual([]);
  });
});
