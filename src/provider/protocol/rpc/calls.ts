/** All calls of the protocol, answered by one session, for the transport and for tests. */
import { ApplyCall } from "./apply-call";
import { ListCalls } from "./list-calls";
import { ProviderCalls } from "./provider-calls";
import { ResourceCalls } from "./resource-calls";
import type { Session } from "./session";

/**
 * Binds every call of protocol 6 that this framework answers to one session.
 *
 * @example
 * ```ts
 * const calls = createCalls(new Session(provider, createLogger("provider.gladly", undefined)));
 * const { provider: schema } = calls.getProviderSchema();
 * ```
 */
export function createCalls<Client>(session: Session<Client>) {
  const provider = new ProviderCalls(session);
  const resource = new ResourceCalls(session);
  const list = new ListCalls(session);
  const apply = new ApplyCall(session);
  return {
    getMetadata: provider.getMetadata.bind(provider),
    getProviderSchema: provider.getProviderSchema.bind(provider),
    getResourceIdentitySchemas: provider.getResourceIdentitySchemas.bind(provider),
    getFunctions: provider.getFunctions.bind(provider),
    validateProviderConfig: provider.validateProviderConfig.bind(provider),
    validateDataResourceConfig: provider.validateDataResourceConfig.bind(provider),
    configureProvider: provider.configureProvider.bind(provider),
    readDataSource: provider.readDataSource.bind(provider),
    stopProvider: provider.stopProvider.bind(provider),
    validateResourceConfig: resource.validateResourceConfig.bind(resource),
    upgradeResourceState: resource.upgradeResourceState.bind(resource),
    readResource: resource.readResource.bind(resource),
    planResourceChange: resource.planResourceChange.bind(resource),
    importResourceState: resource.importResourceState.bind(resource),
    upgradeResourceIdentity: resource.upgradeResourceIdentity.bind(resource),
    validateListResourceConfig: list.validateListResourceConfig.bind(list),
    listResource: list.listResource.bind(list),
    applyResourceChange: apply.applyResourceChange.bind(apply),
  };
}

/** Every method of the service as a function from request to response. */
export type Calls = ReturnType<typeof createCalls>;
