/** The identity of an object: the one attribute that identifies it among its type (Terraform 1.12 and later). */
import { OperationError } from "../diagnostics";
import type { Identity, IdentitySchema } from "../generated/tfplugin6";
import type { Resource } from "../resource";
import type { Attributes } from "../schema/attribute";
import { typeBytes } from "../values/type";
import type { ObjectValue } from "../values/value";
import { decodeObject, encode } from "./dynamic";

/** The schema of a type's identity; undefined if it has none. */
export function identitySchema<Client>({ identity, attributes }: Resource<Client>): IdentitySchema | undefined {
  const attribute = identity === undefined ? undefined : attributes[identity];
  if (identity === undefined || !attribute) return undefined;
  const { type, description } = attribute;
  return {
    version: 0n,
    identityAttributes: [
      { name: identity, type: typeBytes(type), requiredForImport: true, optionalForImport: false, description },
    ],
  };
}

/** The identity of an object; undefined if there is no object, or its identity is not known yet. */
export function identityOf<Client>({ identity }: Resource<Client>, state: ObjectValue | null): Identity | undefined {
  const value = identity === undefined ? undefined : state?.[identity];
  if (identity === undefined || typeof value !== "string" || value === "") return undefined;
  return { identityData: encode({ [identity]: value }) };
}

/** The identity of an import by identity; undefined for an import by id. */
export function importedIdentity<Client>(resource: Resource<Client>, given: Identity | undefined): string | undefined {
  if (!given?.identityData) return undefined;
  const value =
    resource.identity && decodeObject(identityAttributes(resource), given.identityData)?.[resource.identity];
  if (typeof value === "string" && value !== "") return value;
  throw new OperationError("Incomplete identity", `An import by identity needs \`${resource.identity ?? "id"}\`.`);
}

/** The attributes of an identity, with their types. */
export function identityAttributes<Client>({ identity, attributes }: Resource<Client>): Attributes {
  const attribute = identity === undefined ? undefined : attributes[identity];
  return identity === undefined || !attribute ? {} : { [identity]: attribute };
}
