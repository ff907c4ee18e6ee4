/** What a provider is: its own configuration, and the resources and data sources that it offers. */
import type { Diagnostics } from "./diagnostics";
import type { DataSource, ListResource, Resource } from "./resource";
import type { Attributes, Partial, Schema } from "./schema/attribute";
import { schemaFaults } from "./schema/check";
import { partial } from "./schema/known";
import type { ObjectValue } from "./values/value";

export interface ConfigureContext {
  readonly report: Diagnostics;
  readonly terraformVersion: string;
  readonly signal: AbortSignal;
  /**
   * Puts everything off until the provider's configuration is known, instead of failing. Undefined where Terraform does
   * not allow it.
   */
  readonly defer?: () => void;
  /** Tells of a secret that Terraform did not hand over, such as one from the environment: it is masked everywhere. */
  secret(value: string): void;
}

export interface ProviderDefinition<S extends Attributes, Client> {
  /** Such as `gladly`. */
  readonly name: string;
  readonly version: string;
  /** Where Terraform finds it, such as `registry.terraform.io/example/gladly`. */
  readonly address: string;
  readonly description: string;
  readonly attributes: S;
  validate?(config: Partial<S>, report: Diagnostics): void;
  /** Makes what the resources work with; undefined when the report says why it cannot be. */
  configure(config: Partial<S>, context: ConfigureContext): Promise<Client | undefined>;
  readonly resources: readonly Resource<Client>[];
  readonly dataSources: readonly DataSource<Client>[];
  /** What `terraform query` can find. @default nothing */
  readonly listResources?: readonly ListResource<Client>[];
}

export interface Provider<Client> {
  readonly name: string;
  readonly version: string;
  readonly address: string;
  readonly schema: Schema;
  validate(config: ObjectValue, report: Diagnostics): void;
  configure(config: ObjectValue, context: ConfigureContext): Promise<Client | undefined>;
  readonly resources: ReadonlyMap<string, Resource<Client>>;
  readonly dataSources: ReadonlyMap<string, DataSource<Client>>;
  readonly listResources: ReadonlyMap<string, ListResource<Client>>;
}

/** Puts a provider together; throws, naming every fault, when a schema breaks one of Terraform's rules. */
export function defineProvider<S extends Attributes, Client>(
  definition: ProviderDefinition<S, Client>,
): Provider<Client> {
  const { name, version, address, attributes } = definition;
  const { listResources = [] } = definition;
  const faults = [
    ...schemaFaults(attributes, name),
    ...[...definition.resources, ...definition.dataSources, ...listResources].flatMap((part) =>
      schemaFaults(part.attributes, part.type),
    ),
  ];
  if (faults.length > 0) throw new Error(`The schema of the provider ${name} is not sound:\n${faults.join("\n")}`);
  return {
    name,
    version,
    address,
    schema: { version: 0, description: definition.description, attributes },
    validate: (config, report) => definition.validate?.(partial(attributes, config), report),
    configure: (config, context) => definition.configure(partial(attributes, config), context),
    resources: new Map(definition.resources.map((resource) => [resource.type, resource])),
    dataSources: new Map(definition.dataSources.map((source) => [source.type, source])),
    listResources: new Map(listResources.map((list) => [list.type, list])),
  };
}
