/**
 * Applies one change. The state never loses an object: a create that fails half-way leaves what it had reported so far
 * (Terraform marks it tainted), and a failed update or delete leaves the state unchanged.
 */
import type { Diagnostics } from "../diagnostics";
import type { ApplyResourceChangeRequest, ApplyResourceChangeResponse } from "../generated/tfplugin6";
import { PrivateState } from "../private-state";
import type { Resource } from "../resource";
import { emptyObject } from "../schema/attribute";
import { type Operation, timeoutOf } from "../schema/timeouts";
import { withoutWriteOnly } from "../schema/walk";
import type { ObjectValue } from "../values/value";
import { decodeObject, encode } from "./dynamic";
import { identityOf } from "./identity";
import { desiredObject, fulfilObject } from "./merge";
import type { Session } from "./session";

interface Change<Client> {
  readonly resource: Resource<Client>;
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue | null;
  readonly config: ObjectValue;
  readonly privateState: PrivateState;
}

/** Answers `ApplyResourceChange`. */
export class ApplyCall<Client> {
  constructor(private readonly session: Session<Client>) {}

  /** Creates, updates or deletes, depending on which of the prior and the planned object is null. */
  async applyResourceChange(request: ApplyResourceChangeRequest): Promise<ApplyResourceChangeResponse> {
    const privateState = PrivateState.from(request.plannedPrivate);
    let newIdentity = request.plannedIdentity;
    const { value, diagnostics } = await this.session.run(
      "ApplyResourceChange",
      async (report) => {
        const resource = this.session.resource(request.typeName);
        const { attributes } = resource;
        const config = decodeObject(attributes, request.config);
        this.session.secrets.addFrom(attributes, config);
        const state = await this.apply(
          {
            resource,
            prior: decodeObject(attributes, request.priorState),
            planned: decodeObject(attributes, request.plannedState),
            config: config ?? emptyObject(attributes),
            privateState,
          },
          report,
        );
        newIdentity = identityOf(resource, state);
        return encode(state && withoutWriteOnly(attributes, state));
      },
      request.priorState ?? encode(null),
    );
    return { newState: value, diagnostics, private: privateState.toBytes(), newIdentity };
  }

  /** Returns the new state. Throws or reports errors. */
  private async apply(change: Change<Client>, report: Diagnostics): Promise<ObjectValue | null> {
    const { resource, prior, planned, config, privateState } = change;
    const context = (operation: Operation) => {
      // A delete has no configuration, so the state has its timeout.
      const limits = operation === "delete" ? (prior ?? config) : config;
      const timeout = timeoutOf(resource.attributes, limits, operation);
      return this.session.context(report, { timeout, privateState });
    };
    if (planned === null) {
      if (prior !== null) await resource.delete(prior, context("delete"));
      return null;
    }
    const desired = desiredObject(resource.attributes, planned, config);
    if (prior !== null) return fulfilObject(planned, await resource.update(desired, prior, context("update")));

    privateState.clear();
    let begun: ObjectValue | undefined;
    const created = (partial: ObjectValue) => {
      begun = { ...begun, ...partial };
    };
    try {
      return fulfilObject(planned, await resource.create(desired, { ...context("create"), created }));
    } catch (error) {
      this.session.failure("ApplyResourceChange", error, report);
      return begun ? fulfilObject(planned, begun) : null;
    }
  }
}
