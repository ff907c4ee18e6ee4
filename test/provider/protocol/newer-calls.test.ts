/** Calls of newer versions of Terraform and OpenTofu: identity, lists, deferral. */

import { gladlyProvider } from "../../../src/provider/gladly.provider";
import { Deferred_Reason } from "../../../src/provider/protocol/generated/tfplugin6";
import { createLogger } from "../../../src/provider/protocol/log";
import { createCalls } from "../../../src/provider/protocol/rpc/calls";
import { decodeObject, encode } from "../../../src/provider/protocol/rpc/dynamic";
import { Session } from "../../../src/provider/protocol/rpc/session";
import { emptyObject } from "../../../src/provider/protocol/schema/attribute";
import { string } from "../../../src/provider/protocol/schema/attributes";
import { UNKNOWN, type Value } from "../../../src/provider/protocol/values/value";
import { webhookAttributes } from "../../../src/provider/resources/webhook.schema";
import { memoryCore } from "../support/memory-provider";

const CAPABLE = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
const PATIENT = { deferralAllowed: true, writeOnlyAttributesAllowed: true };
const silent = createLogger("test", undefined);

function gladly() {
  const provider = gladlyProvider({ version: "0.0.0", environment: {}, log: silent });
  return { provider, calls: createCalls(new Session(provider, silent)) };
}

async function things() {
  const { core } = await memoryCore({ name: string({ required: true, description: "d" }) });
  const applied = await core.apply("memory_thing", null, { name: "a" });
  return { calls: core.calls, state: applied.state ?? {} };
}

const identity = (id: Value) => ({ identityData: encode({ id }) });

describe("resource identity", () => {
  it("is the id, required for an import", () => {
    const { identitySchemas } = gladly().calls.getResourceIdentitySchemas();
    expect(Object.keys(identitySchemas)).toEqual(["gladly_webhook", "gladly_topic"]);
    expect(identitySchemas.gladly_topic).toMatchObject({
      identityAttributes: [{ name: "id", requiredForImport: true, optionalForImport: false }],
    });
    expect(identitySchemas.gladly_topic?.identityAttributes[0]?.type.toString()).toBe('"string"');
  });

  it("comes with every object that is read, created or imported, but not with deleted ones", async () => {
    const { calls, state } = await things();
    const common = { typeName: "memory_thing", providerMeta: undefined, clientCapabilities: CAPABLE };
    const read = { ...common, private: Buffer.alloc(0), currentIdentity: undefined };
    const there = await calls.readResource({ ...read, currentState: encode(state) });
    expect(there.newIdentity).toEqual(identity(state.id ?? null));
    const gone = await calls.readResource({ ...read, currentState: encode({ ...state, id: "gone" }) });
    expect(gone.newIdentity).toBeUndefined();
    const imported = await calls.importResourceState({
      typeName: "memory_thing",
      id: "",
      identity: identity("thing-1"),
      clientCapabilities: CAPABLE,
    });
    expect(imported.importedResources).toMatchObject([{ identity: identity("thing-1") }]);
    const upgraded = await calls.upgradeResourceIdentity({
      typeName: "memory_thing",
      version: 0n,
      rawIdentity: { json: Buffer.from('{"id":"x","more":1}'), flatmap: {} },
    });
    expect(upgraded.upgradedIdentity).toEqual(identity("x"));
  });

  it("must be complete for an import", async () => {
    const { calls } = await things();
    const request = { typeName: "memory_thing", id: "", clientCapabilities: CAPABLE };
    const { diagnostics } = await calls.importResourceState({ ...request, identity: identity(null) });
    expect(diagnostics).toMatchObject([{ summary: "Incomplete identity" }]);
  });
});

describe("list resources", () => {
  it("are announced with their filters, and validate them before any request", async () => {
    const { calls } = gladly();
    expect(calls.getMetadata().listResources).toEqual([{ typeName: "gladly_webhook" }, { typeName: "gladly_topic" }]);
    expect(Object.keys(calls.getProviderSchema().listResourceSchemas)).toEqual(["gladly_webhook", "gladly_topic"]);
    const { diagnostics } = await calls.validateListResourceConfig({
      typeName: "gladly_webhook",
      config: encode({ name_contains: null, event: null, status: "asleep" }),
      includeResourceObject: undefined,
      limit: undefined,
    });
    expect(diagnostics).toMatchObject([{ summary: "Invalid value" }]);
  });

  it("report errors in an event", async () => {
    const events = await gladly().calls.listResource({
      typeName: "gladly_topic",
      config: encode({}),
      includeResourceObject: false,
      limit: 100n,
    });
    expect(events).toMatchObject([{ diagnostic: [{ summary: "Provider is not configured" }] }]);
  });
});

describe("a provider whose configuration is not known yet", () => {
  it("defers everything if Terraform allows it, otherwise fails", async () => {
    const { provider, calls } = gladly();
    const config = encode({ ...emptyObject(provider.schema.attributes), url: UNKNOWN, user: "u", token: "t" });
    const strict = await calls.configureProvider({ terraformVersion: "1.12.0", config, clientCapabilities: CAPABLE });
    expect(strict.diagnostics).toMatchObject([{ summary: "The provider's url is not known yet" }]);
    const patient = await calls.configureProvider({ terraformVersion: "1.12.0", config, clientCapabilities: PATIENT });
    expect(patient.diagnostics).toEqual([]);
    const reason = { reason: Deferred_Reason.PROVIDER_CONFIG_UNKNOWN };
    const common = { typeName: "gladly_webhook", providerMeta: undefined, clientCapabilities: PATIENT };
    const state = encode({ ...emptyObject(webhookAttributes), id: "w" });
    const read = { ...common, currentState: state, private: Buffer.from("{}"), currentIdentity: identity("w") };
    expect(await calls.readResource(read)).toMatchObject({
      deferred: reason,
      newState: state,
      newIdentity: identity("w"),
    });
    const wanted = { ...emptyObject(webhookAttributes), name: "n", url: "https://a.example.com/", events: ["A/B"] };
    const planned = await calls.planResourceChange({
      ...common,
      priorState: encode(null),
      proposedNewState: encode(wanted),
      config: encode(wanted),
      priorPrivate: Buffer.alloc(0),
      priorIdentity: undefined,
    });
    expect(planned).toMatchObject({ deferred: reason, diagnostics: [] });
    expect(decodeObject(webhookAttributes, planned.plannedState)).toMatchObject({ name: "n", id: UNKNOWN });
    const data = { typeName: "gladly_organization", providerMeta: undefined, clientCapabilities: PATIENT };
    expect(await calls.readDataSource({ ...data, config: encode({}) })).toMatchObject({ deferred: reason });
    const imported = await calls.importResourceState({
      typeName: "gladly_webhook",
      id: "w",
      identity: undefined,
      clientCapabilities: PATIENT,
    });
    expect(imported).toMatchObject({ deferred: reason, importedResources: [{ typeName: "gladly_webhook" }] });
  });
});
