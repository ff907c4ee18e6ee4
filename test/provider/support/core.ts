/**
 * A small Terraform core: makes a provider's calls in process, in Terraform's order, and checks Terraform's rules after each.
 * A test fails when the real Terraform would report "Provider produced …".
 */

import type { Diagnostic } from "../../../src/provider/protocol/generated/tfplugin6";
import { Diagnostic_Severity } from "../../../src/provider/protocol/generated/tfplugin6";
import type { Calls } from "../../../src/provider/protocol/rpc/calls";
import { decodeObject, encode } from "../../../src/provider/protocol/rpc/dynamic";
import { type Attributes, emptyObject, objectType, type Schema } from "../../../src/provider/protocol/schema/attribute";
import {
  isEqual,
  isList,
  isObject,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from "../../../src/provider/protocol/values/value";
import { changeBreaches, planBreaches, stateBreaches } from "./core-rules";

/** The provider's diagnostics, as `error|warning path: summary (detail)`. */
export interface Said {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export class CoreRefusal extends Error {
  override readonly name = "CoreRefusal";
}

export interface Applied extends Said {
  readonly state: ObjectValue | null;
}

export interface Planned extends Said {
  readonly planned: ObjectValue | null;
  readonly replaces: readonly string[];
  /** The planned action that core would print. */
  readonly action: "none" | "create" | "update" | "replace" | "delete";
}

const CAPABILITIES = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
const FIRST_PRIVATE = Buffer.from(`{"kept":true}`);

/** The provider's private state of each object, which Terraform stores with the state. */
const privateStates = new WeakMap<ObjectValue, Buffer>();

/** Gives a state the private state of another one, as when a test changes an attribute. */
export function withPrivateOf(from: ObjectValue, state: ObjectValue): ObjectValue {
  privateStates.set(state, privateStates.get(from) ?? FIRST_PRIVATE);
  return state;
}

function priorPrivate(state: ObjectValue | null): Buffer {
  return (state && privateStates.get(state)) ?? FIRST_PRIVATE;
}

function kept(state: ObjectValue | null, bytes: Buffer, before: Buffer): void {
  if (before.includes('"kept":true') && !bytes.includes('"kept":true')) throw new CoreRefusal("private data was lost");
  if (state) privateStates.set(state, bytes);
}

export class Core {
  constructor(
    readonly calls: Calls,
    private readonly resources: ReadonlyMap<string, Schema>,
    private readonly dataSources: ReadonlyMap<string, Schema> = new Map(),
  ) {}

  async configure(attributes: Attributes, config: Record<string, Value>): Promise<Said> {
    const value = encode({ ...emptyObject(attributes), ...config });
    const validated = await this.calls.validateProviderConfig({ config: value });
    const configured = await this.calls.configureProvider({
      terraformVersion: "1.11.4",
      config: value,
      clientCapabilities: CAPABILITIES,
    });
    return said([...validated.diagnostics, ...configured.diagnostics]);
  }

  async validate(type: string, config: Record<string, Value>): Promise<Said> {
    const response = await this.calls.validateResourceConfig({
      typeName: type,
      config: encode(this.complete(type, config)),
      clientCapabilities: CAPABILITIES,
    });
    return said(response.diagnostics);
  }

  async plan(type: string, prior: ObjectValue | null, given: Record<string, Value> | null): Promise<Planned> {
    const { attributes } = this.schema(type);
    const config = given && this.complete(type, given);
    if (prior !== null) await this.upgraded(type, prior);
    const first = await this.planOnce(type, prior, config);
    if (first.errors.length > 0 || first.planned === null || config === null) {
      return { ...first, action: prior === null ? "none" : "delete" };
    }
    if (prior === null) return { ...first, action: "create" };
    if (isEqual(objectType(attributes), prior, first.planned)) return { ...first, action: "none" };
    if (first.replaces.length === 0) return { ...first, action: "update" };
    const second = await this.planOnce(type, null, config);
    return { ...second, replaces: first.replaces, action: "replace" };
  }

  /** Plans with what is known at plan, plans again with what is known at apply, and applies. */
  async apply(
    type: string,
    prior: ObjectValue | null,
    given: Record<string, Value> | null,
    atPlan: Record<string, Value> | null = given,
  ): Promise<Applied> {
    const { attributes } = this.schema(type);
    const config = given && this.complete(type, given);
    const early = await this.plan(type, prior, atPlan);
    if (early.errors.length > 0 || early.action === "none") return { state: prior, ...early };
    if (early.action === "replace") {
      const gone = await this.applyOnce(type, prior, null, null);
      if (gone.errors.length > 0) return gone;
      const made = await this.apply(type, null, given, atPlan);
      return { ...made, warnings: [...gone.warnings, ...made.warnings] };
    }
    const late = await this.planOnce(type, prior, config);
    if (late.errors.length > 0) return { state: prior, ...late };
    const breaches = changeBreaches(objectType(attributes), early.planned, late.planned, type);
    if (breaches.length > 0) throw new CoreRefusal(`inconsistent final plan: ${breaches.join("; ")}`);
    return this.applyOnce(type, prior, late.planned, config);
  }

  async refresh(type: string, state: ObjectValue): Promise<Applied> {
    const { attributes } = this.schema(type);
    const response = await this.calls.readResource({
      typeName: type,
      currentState: encode(state),
      private: priorPrivate(state),
      currentIdentity: undefined,
      providerMeta: undefined,
      clientCapabilities: CAPABILITIES,
    });
    const read = decodeObject(attributes, response.newState);
    kept(read, response.private, priorPrivate(state));
    if (read) this.checkState(type, read);
    return { state: read, ...said(response.diagnostics) };
  }

  async import(type: string, id: string): Promise<Applied> {
    const response = await this.calls.importResourceState({
      typeName: type,
      id,
      identity: undefined,
      clientCapabilities: CAPABILITIES,
    });
    const imported = response.importedResources[0];
    const stub = imported && decodeObject(this.schema(type).attributes, imported.state);
    if (!imported || !stub) return { state: null, ...said(response.diagnostics) };
    privateStates.set(stub, imported.private);
    return this.refresh(type, stub);
  }

  async readData(type: string, config: Record<string, Value>): Promise<Applied> {
    const attributes = this.dataSources.get(type)?.attributes;
    if (!attributes) throw new Error(`no data source ${type}`);
    const value = encode({ ...emptyObject(attributes), ...config });
    const validated = said(
      (await this.calls.validateDataResourceConfig({ typeName: type, config: value })).diagnostics,
    );
    if (validated.errors.length > 0) return { state: null, ...validated };
    const response = await this.calls.readDataSource({
      typeName: type,
      config: value,
      providerMeta: undefined,
      clientCapabilities: CAPABILITIES,
    });
    const state = decodeObject(attributes, response.state);
    const breaches = state ? stateBreaches(attributes, state) : [];
    if (breaches.length > 0) throw new CoreRefusal(`invalid state of data ${type}: ${breaches.join("; ")}`);
    return { state, ...said(response.diagnostics) };
  }

  /** Terraform makes this call for each object that it reads from the state. */
  private async upgraded(type: string, state: ObjectValue): Promise<void> {
    const json = Buffer.from(jsonOf(state));
    await this.calls.upgradeResourceState({
      typeName: type,
      version: BigInt(this.schema(type).version),
      rawState: { json, flatmap: {} },
    });
  }

  private async planOnce(type: string, prior: ObjectValue | null, config: ObjectValue | null): Promise<Planned> {
    const { attributes } = this.schema(type);
    const response = await this.calls.planResourceChange({
      typeName: type,
      priorState: encode(prior),
      proposedNewState: encode(config && proposed(attributes, prior, config)),
      config: encode(config),
      priorPrivate: priorPrivate(prior),
      priorIdentity: undefined,
      providerMeta: undefined,
      clientCapabilities: CAPABILITIES,
    });
    const planned = decodeObject(attributes, response.plannedState);
    const spoken = said(response.diagnostics);
    if (spoken.errors.length === 0 && config !== null) {
      if (planned === null) throw new CoreRefusal("planned to destroy what is configured");
      const breaches = planBreaches(attributes, prior, config, planned);
      if (breaches.length > 0) throw new CoreRefusal(`invalid plan: ${breaches.join("; ")}`);
    }
    const replaces = response.requiresReplace.map(({ steps }) => steps.map(stepText).join("."));
    return { planned, replaces, action: "none", ...spoken };
  }

  private async applyOnce(
    type: string,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
    config: ObjectValue | null,
  ): Promise<Applied> {
    const { attributes } = this.schema(type);
    const response = await this.calls.applyResourceChange({
      typeName: type,
      priorState: encode(prior),
      plannedState: encode(planned),
      config: encode(config),
      plannedPrivate: priorPrivate(prior),
      plannedIdentity: undefined,
      providerMeta: undefined,
    });
    const state = decodeObject(attributes, response.newState);
    kept(state, response.private, prior === null ? Buffer.alloc(0) : priorPrivate(prior));
    const spoken = said(response.diagnostics);
    if (state) this.checkState(type, state);
    if (spoken.errors.length === 0) {
      const breaches = changeBreaches(objectType(attributes), planned, state, type);
      if (breaches.length > 0) throw new CoreRefusal(`inconsistent result after apply: ${breaches.join("; ")}`);
    }
    return { state, ...spoken };
  }

  private checkState(type: string, state: ObjectValue): void {
    const breaches = stateBreaches(this.schema(type).attributes, state);
    if (breaches.length > 0) throw new CoreRefusal(`invalid state of ${type}: ${breaches.join("; ")}`);
  }

  private complete(type: string, config: Record<string, Value>): ObjectValue {
    return completed(this.schema(type).attributes, config);
  }

  private schema(type: string): Schema {
    const schema = this.resources.get(type);
    if (!schema) throw new Error(`no schema of ${type}`);
    return schema;
  }
}

/** A configuration as core sends it: with every attribute, null if it is not set. */
function completed(attributes: Attributes, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { nested }]) => {
      const value = config[name] ?? null;
      if (!nested || !isObject(value)) return [name, value];
      if (nested.nesting === "single") return [name, completed(nested.attributes, value)];
      return [name, value];
    }),
  );
}

/** What core proposes: the configuration, and the prior value where a computed attribute is not configured. */
function proposed(attributes: Attributes, prior: ObjectValue | null, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { computed, nested }]) => {
      const given = config[name] ?? null;
      const before = prior?.[name] ?? null;
      if (given === null) return [name, computed ? before : null];
      if (!nested || given === UNKNOWN) return [name, given];
      const inner = (item: Value, old: Value | undefined): Value =>
        isObject(item) ? proposed(nested.attributes, isObject(old) ? old : null, item) : item;
      if (nested.nesting === "single") return [name, inner(given, before)];
      if (isList(given)) return [name, given.map((item, index) => inner(item, isList(before) ? before[index] : null))];
      if (!isObject(given)) return [name, given];
      const entries = Object.entries(given).map(
        ([key, item]) => [key, inner(item, isObject(before) ? before[key] : null)] as const,
      );
      return [name, Object.fromEntries(entries)];
    }),
  );
}

function said(diagnostics: readonly Diagnostic[]): Said {
  const of = (severity: Diagnostic_Severity) =>
    diagnostics
      .filter((diagnostic) => diagnostic.severity === severity)
      .map(({ attribute, summary, detail }) => {
        const path = (attribute?.steps ?? []).map(stepText).join(".");
        return `${path === "" ? "" : `${path}: `}${summary} (${detail})`;
      });
  return { errors: of(Diagnostic_Severity.ERROR), warnings: of(Diagnostic_Severity.WARNING) };
}

function stepText({ selector }: { readonly selector?: { readonly value: string | bigint } | undefined }): string {
  return selector === undefined ? "" : String(selector.value);
}

/** JSON as Terraform writes a state: with numbers of any size. */
function jsonOf(state: ObjectValue): string {
  const marked = JSON.stringify(state, (_, value: unknown) => (typeof value === "bigint" ? `\0${value}` : value));
  return marked.replaceAll(/"\\u0000(-?\d+)"/g, "$1");
}
