/** The calls about one resource: validate, upgrade, read, plan, import. Apply has its own file. */

import { OperationError, pathMessage } from "../diagnostics";
import type {
  ImportResourceStateRequest,
  ImportResourceStateResponse,
  PlanResourceChangeRequest,
  PlanResourceChangeResponse,
  ReadResourceRequest,
  ReadResourceResponse,
  UpgradeResourceIdentityRequest,
  UpgradeResourceIdentityResponse,
  UpgradeResourceStateRequest,
  UpgradeResourceStateResponse,
  ValidateConfigResponse,
  ValidateResourceConfigRequest,
} from "../generated/tfplugin6";
import { PrivateState } from "../private-state";
import type { Resource } from "../resource";
import { emptyObject, objectType } from "../schema/attribute";
import { planChange } from "../schema/plan";
import { timeoutOf } from "../schema/timeouts";
import { refuseWriteOnly, validateConfig } from "../schema/validate";
import { withoutWriteOnly } from "../schema/walk";
import { fromJson, isJsonObject, type Json, parseJson } from "../values/json";
import type { Path } from "../values/path";
import { isObject, type ObjectValue, type Value } from "../values/value";
import { DEFERRED, unknownObject } from "./deferral";
import { decodeObject, encode } from "./dynamic";
import { identityAttributes, identityOf, importedIdentity } from "./identity";
import { keepSpelling } from "./merge";
import type { Session } from "./session";

/** Answers the calls about a resource's configuration, state and plan. */
export class ResourceCalls<Client> {
  constructor(private readonly session: Session<Client>) {}

  /** Checks a `resource` block against its schema. */
  async validateResourceConfig(request: ValidateResourceConfigRequest): Promise<ValidateConfigResponse> {
    const { diagnostics } = await this.session.run(
      "ValidateResourceConfig",
      (report) => {
        const resource = this.session.resource(request.typeName);
        const config = decodeObject(resource.attributes, request.config) ?? emptyObject(resource.attributes);
        this.session.secrets.addFrom(resource.attributes, config);
        if (!request.clientCapabilities?.writeOnlyAttributesAllowed)
          refuseWriteOnly(resource.attributes, config, report);
        validateConfig(resource.attributes, config, report);
        resource.validate(config, report);
      },
      undefined,
    );
    return { diagnostics };
  }

  /** Called for every resource in every run, even if the version is current. */
  async upgradeResourceState(request: UpgradeResourceStateRequest): Promise<UpgradeResourceStateResponse> {
    const { value, diagnostics } = await this.session.run(
      "UpgradeResourceState",
      () => {
        const resource = this.session.resource(request.typeName);
        const raw = request.rawState;
        if (!raw || raw.json.length === 0) {
          throw new OperationError(
            "State is too old",
            "It was written by a Terraform older than 0.12. Apply with 0.12 first.",
          );
        }
        const state = upgrade(resource, Number(request.version), parseJson(raw.json.toString("utf8")));
        this.note(resource, isObject(state) ? state : null);
        return encode(state);
      },
      encode(null),
    );
    return { upgradedState: value, diagnostics };
  }

  /** The current object. Null tells Terraform that it no longer exists. */
  async readResource(request: ReadResourceRequest): Promise<ReadResourceResponse> {
    if (this.session.deferring) {
      const { currentState: newState, private: bytes, currentIdentity: newIdentity } = request;
      return { newState, private: bytes, newIdentity, diagnostics: [], deferred: DEFERRED };
    }
    let newIdentity = request.currentIdentity;
    const privateState = PrivateState.from(request.private);
    const { value, diagnostics } = await this.session.run(
      "ReadResource",
      async (report) => {
        const resource = this.session.resource(request.typeName);
        const state = decodeObject(resource.attributes, request.currentState);
        if (state === null) return encode(null);
        this.note(resource, state);
        const timeout = timeoutOf(resource.attributes, state, "read");
        const found = await resource.read(state, this.session.context(report, { timeout, privateState }));
        newIdentity = identityOf(resource, found ?? null);
        if (!found) return encode(null);
        return encode(withoutWriteOnly(resource.attributes, keepSpelling(resource.attributes, state, found)));
      },
      request.currentState ?? encode(null),
    );
    // Terraform drops private data that is not sent back.
    return { newState: value, diagnostics, private: privateState.toBytes(), deferred: undefined, newIdentity };
  }

  /** There is only one version of the identity so far. */
  async upgradeResourceIdentity(request: UpgradeResourceIdentityRequest): Promise<UpgradeResourceIdentityResponse> {
    const { value, diagnostics } = await this.session.run(
      "UpgradeResourceIdentity",
      () => {
        const resource = this.session.resource(request.typeName);
        const identity = fromJson(
          objectType(identityAttributes(resource)),
          parseJson(request.rawIdentity?.json.toString("utf8") || "null"),
        );
        return identityOf(resource, isObject(identity) ? identity : null);
      },
      undefined,
    );
    return { upgradedIdentity: value, diagnostics };
  }

  /** The object after the change, and which attributes need a new object. */
  async planResourceChange(request: PlanResourceChangeRequest): Promise<PlanResourceChangeResponse> {
    const nothing: { planned: Value; replaces: readonly Path[] } = { planned: null, replaces: [] };
    const { value, diagnostics } = await this.session.run(
      "PlanResourceChange",
      async (report) => {
        const resource = this.session.resource(request.typeName);
        const config = decodeObject(resource.attributes, request.config);
        const proposed = decodeObject(resource.attributes, request.proposedNewState);
        if (proposed === null || config === null) return nothing;
        const prior = decodeObject(resource.attributes, request.priorState);
        const plan = planChange(resource.attributes, prior, config);
        if (resource.checkPlan && this.session.client !== undefined && !this.session.deferring) {
          const timeout = timeoutOf(resource.attributes, plan.planned, "read");
          await resource.checkPlan(plan.planned, prior, this.session.context(report, { timeout }));
        }
        return plan;
      },
      nothing,
    );
    return {
      plannedState: encode(value.planned),
      requiresReplace: value.replaces.map(pathMessage),
      plannedPrivate: request.priorPrivate,
      diagnostics,
      deferred: this.session.deferring ? DEFERRED : undefined,
      plannedIdentity: request.priorIdentity,
    };
  }

  /** Others that are planned in this run may ask whether the object is one of the state's. */
  private note({ type, identity }: Resource<Client>, state: ObjectValue | null): void {
    if (identity !== undefined) this.session.inState.note(type, state?.[identity]);
  }

  /** Finds an object by import id or by identity. */
  async importResourceState(request: ImportResourceStateRequest): Promise<ImportResourceStateResponse> {
    const privateState = PrivateState.from();
    let identity = request.identity;
    const { value, diagnostics } = await this.session.run(
      "ImportResourceState",
      async (report) => {
        const resource = this.session.resource(request.typeName);
        if (this.session.deferring) return unknownObject(resource.attributes);
        const mark = importedIdentity(resource, request.identity) ?? request.id;
        const found = await resource.import(mark, this.session.context(report, { privateState }));
        identity = identityOf(resource, found);
        return { ...emptyObject(resource.attributes), ...found };
      },
      undefined,
    );
    const imported = value && { typeName: request.typeName, state: encode(value), private: privateState.toBytes() };
    return {
      importedResources: imported ? [{ ...imported, identity }] : [],
      diagnostics,
      deferred: this.session.deferring ? DEFERRED : undefined,
    };
  }
}

/** Upgrades a state to the current schema. Attributes that the schema no longer has are dropped. */
function upgrade<Client>(resource: Resource<Client>, version: number, state: Json): Value {
  let current = state;
  for (let step = version; step < resource.version; step += 1) {
    const next = resource.upgrade[step];
    if (!next || !isJsonObject(current)) {
      throw new OperationError(
        "State cannot be upgraded",
        `There is no way from version ${step} of the state of ${resource.type} to version ${resource.version}.`,
      );
    }
    current = next(current);
  }
  const value = fromJson(objectType(resource.attributes), current);
  return isObject(value) ? withoutWriteOnly(resource.attributes, value) : value;
}
