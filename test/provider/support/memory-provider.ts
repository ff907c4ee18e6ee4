/**
 * A provider with one resource in memory. It chooses a new value for every unknown computed attribute, and stores
 * case-insensitive strings in lower case, like an API that normalizes.
 */
import { createLogger } from "../../../src/provider/protocol/log";
import { defineProvider } from "../../../src/provider/protocol/provider";
import type { Resource } from "../../../src/provider/protocol/resource";
import { createCalls } from "../../../src/provider/protocol/rpc/calls";
import { Session } from "../../../src/provider/protocol/rpc/session";
import type { Attribute, Attributes } from "../../../src/provider/protocol/schema/attribute";
import { string } from "../../../src/provider/protocol/schema/attributes";
import { mapAttributes } from "../../../src/provider/protocol/schema/walk";
import type { Type } from "../../../src/provider/protocol/values/type";
import type { ObjectValue, Value } from "../../../src/provider/protocol/values/value";
import { fold } from "./arbitrary-schema";
import { Core } from "./core";

export const THING = "memory_thing";

export class Memory {
  readonly objects = new Map<string, ObjectValue>();
  private count = 0;

  /** A resource with these attributes and an `id`. */
  resource(random: Attributes): Resource<Memory> {
    const attributes = { ...random, id: string({ computed: true, changesWith: [], description: "its id" }) };
    const store = (id: string, desired: ObjectValue): ObjectValue => {
      const stored = { ...mapAttributes(attributes, desired, (attribute, value) => this.decide(attribute, value)), id };
      this.objects.set(id, stored);
      return stored;
    };
    return {
      type: THING,
      version: 0,
      description: "a thing in memory",
      attributes,
      upgrade: {},
      checkPlan: undefined,
      validate: () => undefined,
      identity: "id",
      create: async (desired) => store(`thing-${this.next()}`, desired),
      read: async (state) => this.objects.get(String(state.id)),
      update: async (desired, prior) => store(String(prior.id), desired),
      delete: async (state) => void this.objects.delete(String(state.id)),
      import: async (id) => ({ id }),
    };
  }

  private next(): number {
    this.count += 1;
    return this.count;
  }

  private decide(attribute: Attribute, value: Value): Value {
    if (attribute.writeOnly) return null;
    if (value === null && attribute.computed) return this.invent(attribute.type);
    return attribute.equivalent ? fold(value) : value;
  }

  private invent(type: Type): Value {
    const count = this.next();
    if (type === "string") return `decided-${count}`;
    if (type === "number") return count;
    if (type === "bool") return count % 2 === 0;
    return type[0] === "list" || type[0] === "set" ? [] : {};
  }
}

export async function memoryCore(random: Attributes): Promise<{ readonly core: Core; readonly memory: Memory }> {
  const memory = new Memory();
  const provider = defineProvider<Record<string, never>, Memory>({
    name: "memory",
    version: "0.0.0",
    address: "registry.terraform.io/test/memory",
    description: "things in memory",
    attributes: {},
    configure: async () => memory,
    resources: [memory.resource(random)],
    dataSources: [],
  });
  const calls = createCalls(new Session(provider, createLogger("test", undefined)));
  const core = new Core(calls, provider.resources);
  await core.configure({}, {});
  return { core, memory };
}
