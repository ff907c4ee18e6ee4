/** Defines a provider: its configuration, resources and data sources. */
import type { Diagnostics } from "./diagnostics";
import type { DataSource, ListResource, Resource } from "./resource";
import type { Attributes, Partial, Schema } from "./schema/attribute";
import { schemaFaults } from "./schema/check";
import { partial } from "./schema/known";
import type { ObjectValue } from "./values/value";

/** What `configure` gets besides the configuration. */
export interface ConfigureContext {
  /** Where errors and warnings about the configuration go. */
  readonly report: Diagnostics;
  /** Such as `1.12.2`. OpenTofu sends its own version here. */
  readonly terraformVersion: string;
  /** Aborted when Terraform asks the provider to stop. */
  readonly signal: AbortSignal;
  /**
   * Defers everything until the provider's configuration is known, instead of failing. Undefined if Terraform does not allow
   * it.
   */
  readonly defer?: () => void;
  /** Registers a secret that did not come from Terraform, such as one from the environment. It is masked everywhere. */
  secret(value: string): void;
}

/** A provider as its author writes it; {@link defineProvider} makes it a {@link Provider}. */
export interface ProviderDefinition<S extends Attributes, Client> {
  /** Such as `gladly`. */
  readonly name: string;
  /** The provider's own version, without a `v`. */
  readonly version: string;
  /** Where Terraform finds it, such as `registry.terraform.io/example/gladly`. */
  readonly address: string;
  /** Markdown, for the provider's page. */
  readonly description: string;
  /** The schema of the `provider` block. */
  readonly attributes: S;
  /** Checks across attributes; unknown values are undefined. */
  validate?(config: Partial<S>, report: Diagnostics): void;
  /** Creates the client for the resources. Undefined if the report says why it cannot. */
  configure(config: Partial<S>, context: ConfigureContext): Promise<Client | undefined>;
  /** The resource types, each once. */
  readonly resources: readonly Resource<Client>[];
  /** The data sources, each once. */
  readonly dataSources: readonly DataSource<Client>[];
  /** What `terraform query` can find. @default nothing */
  readonly listResources?: readonly ListResource<Client>[];
}

/** A provider without type parameters for its schema, as the protocol code calls it. */
export interface Provider<Client> {
  /** Such as `gladly`. */
  readonly name: string;
  /** The provider's own version, without a `v`. */
  readonly version: string;
  /** Such as `registry.terraform.io/example/gladly`. */
  readonly address: string;
  /** The schema of the `provider` block. */
  readonly schema: Schema;
  /** Reports errors across attributes. Single attributes were checked before. */
  validate(config: ObjectValue, report: Diagnostics): void;
  /** Creates the client. Undefined if the report says why it cannot. */
  configure(config: ObjectValue, context: ConfigureContext): Promise<Client | undefined>;
  /** By type, such as `gladly_topic`. */
  readonly resources: ReadonlyMap<string, Resource<Client>>;
  /** By type, such as `gladly_topic`. */
  readonly dataSources: ReadonlyMap<string, DataSource<Client>>;
  /** By the resource type that they list. */
  readonly listResources: ReadonlyMap<string, ListResource<Client>>;
}

/** Builds a provider. Throws, with every problem, if a schema breaks one of Terraform's rules. */
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
