/** Each call of the protocol, in process, with a small provider that keeps notes. */
import { OperationError } from "../../../src/provider/protocol/diagnostics";
import { Diagnostic_Severity } from "../../../src/provider/protocol/generated/tfplugin6";
import { createLogger } from "../../../src/provider/protocol/log";
import { defineProvider } from "../../../src/provider/protocol/provider";
import { defineDataSource, defineResource } from "../../../src/provider/protocol/resource";
import { createCalls } from "../../../src/provider/protocol/rpc/calls";
import { decodeObject, encode } from "../../../src/provider/protocol/rpc/dynamic";
import { Session } from "../../../src/provider/protocol/rpc/session";
import { type nested, nestedList, string } from "../../../src/provider/protocol/schema/attributes";
import { timeouts } from "../../../src/provider/protocol/schema/timeouts";
import { nonEmpty } from "../../../src/provider/protocol/schema/validator";
import type { Value } from "../../../src/provider/protocol/values/value";

const noteAttributes = {
  id: string({ computed: true, changesWith: [], description: "id" }),
  text: string({ required: true, description: "text", validators: [nonEmpty()] }),
  secret: string({ optional: true, writeOnly: true, description: "secret" }),
  lines: nestedList(
    { word: string({ required: true, description: "word", validators: [nonEmpty()] }) },
    { optional: true, description: "lines" },
  ),
  timeouts: timeouts("1m"),
};
const EMPTY = { id: null, text: null, secret: null, lines: null, timeouts: null };

interface Notes {
  readonly written: { text: string; secret: string | null; timeout: number | undefined }[];
}

function setUp() {
  const notes: Notes = { written: [] };
  const note = defineResource<typeof noteAttributes, Notes>({
    type: "notes_note",
    version: 2,
    description: "a note",
    attributes: noteAttributes,
    validate: ({ text, lines }, report) => {
      if (text === "cross" && lines === null) report.error("Crossed", "A cross needs lines.", [{ attribute: "lines" }]);
    },
    async create(desired, { client, timeout, created }) {
      client.written.push({ text: desired.text, secret: desired.secret, timeout });
      if (desired.text === "before") throw new OperationError("Refused", "before anything was made");
      created({ id: "n1" });
      if (desired.text === "after") throw new OperationError("Refused", "after it was made", [{ attribute: "text" }]);
      if (desired.text === "broken") throw new TypeError("a fault of ours");
      return { ...desired, id: "n1" };
    },
    read: async (state) => (state.id === "gone" ? undefined : state),
    async update(desired, prior, { client }) {
      if (desired.text === "refused") throw new OperationError("Refused", "the update");
      client.written.push({ text: desired.text, secret: desired.secret, timeout: undefined });
      return { ...desired, id: prior.id };
    },
    async delete(state) {
      if (state.text === "kept") throw new OperationError("Refused", "the delete");
    },
    import: async (id) => ({ id }),
    upgrade: {
      0: ({ body, ...rest }) => ({ ...rest, content: body ?? null }),
      1: ({ content, ...rest }) => ({ ...rest, text: content ?? null }),
    },
    move: ({ type, state }) =>
      type === "terraform_data" ? { id: state.id ?? null, text: state.input ?? null } : undefined,
  });
  const search = defineDataSource({
    type: "notes_search",
    description: "finds notes",
    attributes: {
      query: string({ required: true, description: "query" }),
      found: string({ computed: true, description: "found" }),
    },
    read: async ({ query }, _context: { client: Notes }) => ({ query: "another spelling", found: query.toUpperCase() }),
  });
  const provider = defineProvider<{ strict: ReturnType<typeof string> }, Notes>({
    name: "notes",
    version: "1.0.0",
    address: "registry.terraform.io/test/notes",
    description: "notes",
    attributes: { strict: string({ optional: true, description: "strict", validators: [nonEmpty()] }) },
    configure: async (config, { report }) => {
      if (config.strict === undefined) report.error("Not known yet", "strict", [{ attribute: "strict" }]);
      return config.strict === undefined ? undefined : notes;
    },
    resources: [note],
    dataSources: [search],
  });
  const logged: string[] = [];
  const session = new Session(
    provider,
    createLogger("test", "trace", (line) => void logged.push(line)),
  );
  return { notes, logged, session, calls: createCalls(session) };
}

async function configured() {
  const world = setUp();
  await world.calls.configureProvider({
    terraformVersion: "1.11.4",
    config: encode({ strict: null }),
    clientCapabilities: CAPABLE,
  });
  return world;
}

const CAPABLE = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
const note = (changes: Record<string, Value>) => ({ ...EMPTY, ...changes });
const apply = (
  prior: Record<string, Value> | null,
  planned: Record<string, Value> | null,
  config: Record<string, Value> | null,
) => ({
  typeName: "notes_note",
  priorState: encode(prior),
  plannedState: encode(planned),
  config: encode(config),
  plannedPrivate: Buffer.from("p"),
  providerMeta: undefined,
});

describe("GetProviderSchema and GetMetadata", () => {
  it("tell of every type with the version of its schema", () => {
    const { calls } = setUp();
    const schema = calls.getProviderSchema();
    expect(schema.resourceSchemas.notes_note?.version).toBe(2n);
    expect(schema.serverCapabilities).toEqual({
      planDestroy: false,
      getProviderSchemaOptional: true,
      moveResourceState: true,
    });
    expect(calls.getMetadata().resources).toEqual([{ typeName: "notes_note" }]);
    expect(calls.getMetadata().dataSources).toEqual([{ typeName: "notes_search" }]);
    expect(calls.getFunctions()).toEqual({ functions: {}, diagnostics: [] });
  });

  it("give a nested attribute a nested type and no type, and any other one the opposite", () => {
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

  it("points at an element of a list with two steps, and names the rest of the path, index 0 included", async () => {
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

  it("refuses a write-only value where Terraform is too old to keep it out of the state", async () => {
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

  it("goes from version to version, drops what is no longer there, and adds null for what is new", async () => {
    const { upgradedState, diagnostics } = await upgrade(0, '{"id":"n1","body":"hello","colour":"red"}');
    expect(diagnostics).toEqual([]);
    expect(decodeObject(noteAttributes, upgradedState)).toEqual(note({ id: "n1", text: "hello" }));
  });

  it("is needed for the present version too, and lets no write-only value through", async () => {
    const { upgradedState } = await upgrade(2, '{"id":"n1","text":"hello","secret":"leaked"}');
    expect(decodeObject(noteAttributes, upgradedState)).toEqual(note({ id: "n1", text: "hello" }));
  });

  it("says so when a state is older than anything it knows", async () => {
    expect((await upgrade(-1, "{}")).diagnostics[0]?.summary).toBe("State cannot be upgraded");
    expect((await upgrade(2, "")).diagnostics[0]?.summary).toBe("State is too old");
    expect((await upgrade(2, '{"text":7}')).diagnostics[0]?.detail).toContain("text: expected string, got number");
  });
});

describe("MoveResourceState", () => {
  const move = (sourceTypeName: string) =>
    setUp().calls.moveResourceState({
      sourceProviderAddress: "terraform.io/builtin/terraform",
      sourceTypeName,
      sourceSchemaVersion: 0n,
      sourceState: { json: Buffer.from('{"id":"n9","input":"hello"}'), flatmap: {} },
      targetTypeName: "notes_note",
      sourcePrivate: Buffer.alloc(0),
    });

  it("takes over the state of a type that it knows how to read", async () => {
    expect(decodeObject(noteAttributes, (await move("terraform_data")).targetState)).toEqual(
      note({ id: "n9", text: "hello" }),
    );
  });

  it("names both types when it cannot", async () => {
    expect((await move("other_thing")).diagnostics[0]?.detail).toContain("A other_thing cannot become a notes_note");
  });
});

describe("ReadResource, ImportResourceState and ReadDataSource", () => {
  it("give private data back, and nothing for what is gone", async () => {
    const { calls } = await configured();
    const read = (id: string) =>
      calls.readResource({
        typeName: "notes_note",
        currentState: encode(note({ id, text: "x" })),
        private: Buffer.from("private"),
        providerMeta: undefined,
        clientCapabilities: CAPABLE,
      });
    const there = await read("n1");
    expect(there.private.toString()).toBe("private");
    expect(decodeObject(noteAttributes, there.newState)).toEqual(note({ id: "n1", text: "x" }));
    expect(decodeObject(noteAttributes, (await read("gone")).newState)).toBeNull();
  });

  it("import what finds the object, with null for the rest", async () => {
    const { calls } = await configured();
    const { importedResources } = await calls.importResourceState({
      typeName: "notes_note",
      id: "-x",
      clientCapabilities: CAPABLE,
    });
    expect(importedResources.map(({ state }) => decodeObject(noteAttributes, state))).toEqual([note({ id: "-x" })]);
  });

  it("give the configuration of a data source back as it was written", async () => {
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

  it("say so when the provider was never configured", async () => {
    const { calls } = setUp();
    const config = { terraformVersion: "1.11.4", config: encode({ strict: "x" }), clientCapabilities: CAPABLE };
    const { diagnostics } = await calls.importResourceState({
      typeName: "notes_note",
      id: "x",
      clientCapabilities: CAPABLE,
    });
    expect(diagnostics[0]?.summary).toBe("Provider is not configured");
    expect((await calls.configureProvider(config)).diagnostics).toEqual([]);
    expect(
      (await calls.importResourceState({ typeName: "notes_note", id: "x", clientCapabilities: CAPABLE })).diagnostics,
    ).toEqual([]);
  });
});

describe("ApplyResourceChange", () => {
  it("hands write-only values and the time limit to the resource, and keeps the values out of the state", async () => {
    const { calls, notes } = await configured();
    const config = note({
      text: "x",
      secret: "s",
      timeouts: { create: "1m30s", read: null, update: null, delete: null },
    });
    const {
      newState,
      private: kept,
      diagnostics,
    } = await calls.applyResourceChange(apply(null, { ...config, secret: null, id: "n1" }, config));
    expect(diagnostics).toEqual([]);
    expect(notes.written).toEqual([{ text: "x", secret: "s", timeout: 90_000 }]);
    expect(decodeObject(noteAttributes, newState)).toMatchObject({ id: "n1", secret: null });
    expect(kept.toString()).toBe("p");
  });

  it.each([
    ["nothing", "before", null, "before anything was made"],
    ["what was made", "after", { id: "n1", text: "after" }, "after it was made"],
    ["what was made", "broken", { id: "n1", text: "broken" }, "a fault of ours"],
  ])("leaves %s in the state when a create fails: %s", async (_what, text, state, detail) => {
    const { calls, logged } = await configured();
    const config = note({ text });
    const { newState, diagnostics } = await calls.applyResourceChange(apply(null, { ...config, id: "n1" }, config));
    const left = decodeObject(noteAttributes, newState);
    if (state === null) expect(left).toBeNull();
    else expect(left).toMatchObject(state);
    expect(diagnostics.map((diagnostic) => diagnostic.detail).join()).toContain(detail);
    if (text === "broken") {
      expect(diagnostics[0]?.summary).toBe("The provider notes failed");
      expect(logged.join()).toContain("TypeError: a fault of ours");
    }
  });

  it("leaves the state as it was when an update or a delete fails", async () => {
    const { calls } = await configured();
    const prior = note({ id: "n1", text: "kept" });
    const update = await calls.applyResourceChange(
      apply(prior, note({ id: "n1", text: "refused" }), note({ text: "refused" })),
    );
    expect(decodeObject(noteAttributes, update.newState)).toEqual(prior);
    const gone = await calls.applyResourceChange(apply(prior, null, null));
    expect(decodeObject(noteAttributes, gone.newState)).toEqual(prior);
    expect([update, gone].map(({ diagnostics }) => diagnostics[0]?.detail)).toEqual(["the update", "the delete"]);
  });
});

describe("StopProvider", () => {
  it("answers at once, begins nothing new, and the next run begins afresh", async () => {
    const { calls, session, notes } = await configured();
    expect(calls.stopProvider()).toEqual({ error: "" });
    expect(session.signal.aborted).toBe(true);
    const config = note({ text: "x" });
    const { diagnostics } = await calls.applyResourceChange(apply(null, { ...config, id: "n1" }, config));
    expect(diagnostics[0]?.summary).toBe("Stopped");
    expect(notes.written).toEqual([]);
    await calls.configureProvider({
      terraformVersion: "1.11.4",
      config: encode({ strict: null }),
      clientCapabilities: CAPABLE,
    });
    expect(session.signal.aborted).toBe(false);
  });
});

describe("a schema that breaks Terraform's rules", () => {
  it("is refused when the provider is put together, every fault at once", () => {
    const bad = (attributes: Parameters<typeof nested>[0]) => () =>
      defineProvider<Parameters<typeof nested>[0], string>({
        name: "bad",
        version: "1",
        address: "a/b/c",
        description: "bad",
        attributes,
        configure: async () => "x",
        resources: [],
        dataSources: [],
      });
    const attributes = {
      Upper: string({ optional: true, description: "x" }),
      silent: string({ optional: true, description: " " }),
      nowhere: string({ description: "x" }),
      both: string({ required: true, computed: true, description: "x" }),
      odd: string({ writeOnly: true, computed: true, description: "x" }),
      stable: string({ required: true, changesWith: [], description: "x" }),
    };
    expect(bad(attributes)).toThrow(
      /bad\.Upper[\s\S]*bad\.silent[\s\S]*bad\.nowhere[\s\S]*bad\.both[\s\S]*bad\.odd[\s\S]*bad\.stable/,
    );
  });
});
