/** Deferred answers: the provider's configuration is not known yet, and Terraform plans the rest without them. */
import { type Deferred, Deferred_Reason } from "../generated/tfplugin6";
import type { Attributes } from "../schema/attribute";
import { type ObjectValue, UNKNOWN } from "../values/value";

/** The reason in every such answer. */
export const DEFERRED: Deferred = { reason: Deferred_Reason.PROVIDER_CONFIG_UNKNOWN };

/** An object with only unknown values. */
export function unknownObject(attributes: Attributes): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { writeOnly }]) => [name, writeOnly ? null : UNKNOWN]),
  );
}
