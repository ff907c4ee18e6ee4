/** What a resource is: its schema and what to do. One readable file each; nothing here knows of gRPC or of Gladly. */
import type { Diagnostics } from "./diagnostics";
import type { PrivateState } from "./private-state";
import type { Attributes, Known, Partial, Schema } from "./schema/attribute";
import { known, partial } from "./schema/known";
import type { JsonObject } from "./values/json";
import type { ObjectValue } from "./values/value";

/** What every operation is given beside its values. */
export interface Context<Client> {
  readonly client: Client;
  /** Where warnings go, and errors that do not end the operation. */
  readonly report: Diagnostics;
  /** Aborted when Terraform asks to stop. A write that was sent must still be awaited. */
  readonly signal: AbortSignal;
  /** The time that the object's `timeouts` attribute gives this operation, in milliseconds; undefined when it gives none. */
  readonly timeout?: number;
  /** What the object remembers beside its attributes, to be read and changed. Empty on create and for data sources. */
  readonly privateState: PrivateState;
}

export interface CreateContext<Client> extends Context<Client> {
  /**
   * Tells what is known of the object as soon as it exists. If the rest of the create fails, the state remembers this
   * much, so that nothing is left behind unseen.
   */
  created(partial: ObjectValue): void;
}

export interface ResourceDefinition<S extends Attributes, Client> {
  /** Such as `gladly_topic`. */
  readonly type: string;
  readonly version: number;
  readonly description: string;
  readonly attributes: S;
  /**
   * The attribute that tells an object from all others of its type, for imports by identity and for queries. Its value
   * never changes in an object's life.
   */
  readonly identity?: keyof S & string;
  /** Checks across attributes; unknown values are undefined. */
  validate?(config: Partial<S>, report: Diagnostics): void;
  /**
   * `desired` is what was planned: defaults filled in, write-only values from the configuration, null where the provider
   * is to decide.
   */
  create(desired: Known<S>, context: CreateContext<Client>): Promise<Known<S>>;
  /** Undefined when the object is gone. */
  read(state: Known<S>, context: Context<Client>): Promise<Known<S> | undefined>;
  update(desired: Known<S>, prior: Known<S>, context: Context<Client>): Promise<Known<S>>;
  delete(state: Known<S>, context: Context<Client>): Promise<void>;
  /** What the state is to know before the first read: the attributes that find the object. */
  import(id: string, context: Context<Client>): Promise<ObjectValue>;
  /** From the state of each older version to the next one. */
  readonly upgrade?: Readonly<Record<number, (state: JsonObject) => JsonObject>>;
}

/** A resource with its types closed over: what the protocol code calls. */
export interface Resource<Client> extends Schema {
  readonly type: string;
  readonly identity: string | undefined;
  validate(config: ObjectValue, report: Diagnostics): void;
  create(desired: ObjectValue, context: CreateContext<Client>): Promise<ObjectValue>;
  read(state: ObjectValue, context: Context<Client>): Promise<ObjectValue | undefined>;
  update(desired: ObjectValue, prior: ObjectValue, context: Context<Client>): Promise<ObjectValue>;
  delete(state: ObjectValue, context: Context<Client>): Promise<void>;
  import(id: string, context: Context<Client>): Promise<ObjectValue>;
  readonly upgrade: Readonly<Record<number, (state: JsonObject) => JsonObject>>;
}

export function defineResource<S extends Attributes, Client>(
  definition: ResourceDefinition<S, Client>,
): Resource<Client> {
  const { attributes } = definition;
  return {
    type: definition.type,
    version: definition.version,
    description: definition.description,
    attributes,
    identity: definition.identity,
    upgrade: definition.upgrade ?? {},
    validate: (config, report) => definition.validate?.(partial(attributes, config), report),
    create: async (desired, context) => toObject(await definition.create(known(attributes, desired), context)),
    read: async (state, context) => {
      const found = await definition.read(known(attributes, state), context);
      return found && toObject(found);
    },
    update: async (desired, prior, context) =>
      toObject(await definition.update(known(attributes, desired), known(attributes, prior), context)),
    delete: (state, context) => definition.delete(known(attributes, state), context),
    import: (id, context) => definition.import(id, context),
  };
}

export interface DataSourceDefinition<S extends Attributes, Client> {
  readonly type: string;
  readonly description: string;
  readonly attributes: S;
  validate?(config: Partial<S>, report: Diagnostics): void;
  read(config: Known<S>, context: Context<Client>): Promise<Known<S>>;
}

export interface DataSource<Client> extends Schema {
  readonly type: string;
  validate(config: ObjectValue, report: Diagnostics): void;
  read(config: ObjectValue, context: Context<Client>): Promise<ObjectValue>;
}

export function defineDataSource<S extends Attributes, Client>(
  definition: DataSourceDefinition<S, Client>,
): DataSource<Client> {
  const { attributes } = definition;
  return {
    type: definition.type,
    version: 0,
    description: definition.description,
    attributes,
    validate: (config, report) => definition.validate?.(partial(attributes, config), report),
    read: async (config, context) => toObject(await definition.read(known(attributes, config), context)),
  };
}

/** One object that a query finds. */
export interface Listed<S extends Attributes> {
  /** What a person calls it. */
  readonly displayName: string;
  readonly state: Known<S>;
}

/** How the objects of a resource type are found, whether Terraform manages them or not: `terraform query`. */
export interface ListResourceDefinition<F extends Attributes, S extends Attributes, Client> {
  /** The resource type whose objects are listed. */
  readonly type: string;
  readonly description: string;
  /** What narrows the list. */
  readonly attributes: F;
  list(filter: Known<F>, context: Context<Client>): Promise<readonly Listed<S>[]>;
}

/** A list resource with its types closed over. */
export interface ListResource<Client> extends Schema {
  readonly type: string;
  list(
    filter: ObjectValue,
    context: Context<Client>,
  ): Promise<readonly { readonly displayName: string; readonly state: ObjectValue }[]>;
}

export function defineListResource<F extends Attributes, S extends Attributes, Client>(
  definition: ListResourceDefinition<F, S, Client>,
): ListResource<Client> {
  const { type, description, attributes } = definition;
  return {
    type,
    version: 0,
    description,
    attributes,
    list: async (filter, context) =>
      (await definition.list(known(attributes, filter), context)).map(({ displayName, state }) => ({
        displayName,
        state: toObject(state),
      })),
  };
}

/** Every value a schema's types allow is a protocol value; only the compiler cannot see it through the mapped type. */
function toObject<S extends Attributes>(object: Known<S>): ObjectValue {
  return object as ObjectValue;
}
