/** What a resource is: its schema and what to do. One readable file each; nothing here knows of gRPC or of Gladly. */
import type { Diagnostics } from "./diagnostics";
import type { PrivateState } from "./private-state";
import type { Attributes, Known, Partial, Schema } from "./schema/attribute";
import { known, partial } from "./schema/known";
import type { StateObjects } from "./state-objects";
import type { JsonObject } from "./values/json";
import type { ObjectValue } from "./values/value";

/** What every operation is given beside its values. */
export interface Context<Client> {
  /** What the provider's `configure` made. */
  readonly client: Client;
  /** Where warnings go, and errors that do not end the operation. */
  readonly report: Diagnostics;
  /** Aborted when Terraform asks to stop. A write that was sent must still be awaited. */
  readonly signal: AbortSignal;
  /** The time that the object's `timeouts` attribute gives this operation, in milliseconds; undefined when it gives none. */
  readonly timeout?: number;
  /** What the object remembers beside its attributes, to be read and changed. Empty on create and for data sources. */
  readonly privateState: PrivateState;
  /** The objects of Terraform's state, as far as this run has asked about them. */
  readonly inState: StateObjects;
}

/** What a create is given beside its values. */
export interface CreateContext<Client> extends Context<Client> {
  /**
   * Tells what is known of the object as soon as it exists. If the rest of the create fails, the state remembers this
   * much, so that nothing is left behind unseen.
   */
  created(partial: ObjectValue): void;
}

/** A resource as its author writes it; {@link defineResource} makes it a {@link Resource}. */
export interface ResourceDefinition<S extends Attributes, Client> {
  /** Such as `gladly_topic`. */
  readonly type: string;
  /** Version of the schema, from 0. Raise it when an older state needs `upgrade`. */
  readonly version: number;
  /** Markdown, for the resource's page. */
  readonly description: string;
  /** The schema. */
  readonly attributes: S;
  /**
   * The attribute that tells an object from all others of its type, for imports by identity and for queries. Its value
   * never changes in an object's life.
   */
  readonly identity?: keyof S & string;
  /** Checks across attributes; unknown values are undefined. */
  validate?(config: Partial<S>, report: Diagnostics): void;
  /**
   * Refuses at plan what is known to fail at apply. Called for each object that is to exist: `prior` is null for a
   * new one. Called again before the change is applied, and never while the provider is not configured. Unknown values
   * are undefined.
   * @throws OperationError the plan fails with it
   */
  checkPlan?(planned: Partial<S>, prior: Known<S> | null, context: Context<Client>): Promise<void>;
  /**
   * `desired` is what was planned: defaults filled in, write-only values from the configuration, null where the provider
   * is to decide.
   */
  create(desired: Known<S>, context: CreateContext<Client>): Promise<Known<S>>;
  /** Undefined when the object is gone. */
  read(state: Known<S>, context: Context<Client>): Promise<Known<S> | undefined>;
  /**
   * Changes the object and returns it whole, as it is afterwards.
   * @throws OperationError the state then stays as it was
   */
  update(desired: Known<S>, prior: Known<S>, context: Context<Client>): Promise<Known<S>>;
  /** Deletes the object. One that is gone already counts as deleted. */
  delete(state: Known<S>, context: Context<Client>): Promise<void>;
  /** What the state is to know before the first read: the attributes that find the object. */
  import(id: string, context: Context<Client>): Promise<ObjectValue>;
  /** From the state of each older version to the next one. */
  readonly upgrade?: Readonly<Record<number, (state: JsonObject) => JsonObject>>;
}

/** A resource with its types closed over: what the protocol code calls. */
export interface Resource<Client> extends Schema {
  /** Such as `gladly_topic`. */
  readonly type: string;
  /** The attribute that tells an object from all others of its type; undefined where there is none. */
  readonly identity: string | undefined;
  /** Reports what is wrong across attributes. */
  validate(config: ObjectValue, report: Diagnostics): void;
  /** Refuses at plan what is known to fail at apply; undefined where nothing can be known by then. */
  readonly checkPlan:
    | ((planned: ObjectValue, prior: ObjectValue | null, context: Context<Client>) => Promise<void>)
    | undefined;
  /** Makes the object and returns it whole. */
  create(desired: ObjectValue, context: CreateContext<Client>): Promise<ObjectValue>;
  /** The object as it is now; undefined when it is gone. */
  read(state: ObjectValue, context: Context<Client>): Promise<ObjectValue | undefined>;
  /** Changes the object and returns it whole. */
  update(desired: ObjectValue, prior: ObjectValue, context: Context<Client>): Promise<ObjectValue>;
  /** Deletes the object, or finds it gone. */
  delete(state: ObjectValue, context: Context<Client>): Promise<void>;
  /** What is known of an object by its import id alone. */
  import(id: string, context: Context<Client>): Promise<ObjectValue>;
  /** By the older version: makes its state one of the next version. */
  readonly upgrade: Readonly<Record<number, (state: JsonObject) => JsonObject>>;
}

/**
 * Makes a resource of its definition, with its values checked against the schema on the way in.
 *
 * @example
 * ```ts
 * const note = defineResource({
 *   type: "example_note",
 *   version: 0,
 *   description: "A note.",
 *   attributes: { id: string({ computed: true, changesWith: [], description: "Id." }) },
 *   create: async (_desired, { client }: CreateContext<Notes>) => client.create(),
 *   read: async ({ id }, { client }) => client.find(id),
 *   update: async (desired) => desired,
 *   delete: async ({ id }, { client }) => client.remove(id),
 *   import: async (id) => ({ id }),
 * });
 * ```
 */
export function defineResource<S extends Attributes, Client>(
  definition: ResourceDefinition<S, Client>,
): Resource<Client> {
  const { attributes, checkPlan } = definition;
  return {
    type: definition.type,
    version: definition.version,
    description: definition.description,
    attributes,
    identity: definition.identity,
    upgrade: definition.upgrade ?? {},
    validate: (config, report) => definition.validate?.(partial(attributes, config), report),
    checkPlan:
      checkPlan &&
      ((planned, prior, context) =>
        checkPlan(partial(attributes, planned), prior && known(attributes, prior), context)),
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

/** A data source as its author writes it; {@link defineDataSource} makes it a {@link DataSource}. */
export interface DataSourceDefinition<S extends Attributes, Client> {
  /** Such as `gladly_topic`. A resource may have the same type. */
  readonly type: string;
  /** Markdown, for the data source's page. */
  readonly description: string;
  /** The schema: what is asked by, and what is answered. */
  readonly attributes: S;
  /** Checks across attributes; unknown values are undefined. */
  validate?(config: Partial<S>, report: Diagnostics): void;
  /** Finds what is asked for. @throws OperationError when there is none: a data source cannot be absent */
  read(config: Known<S>, context: Context<Client>): Promise<Known<S>>;
}

/** A data source with its types closed over: what the protocol code calls. */
export interface DataSource<Client> extends Schema {
  /** Such as `gladly_topic`. */
  readonly type: string;
  /** Reports what is wrong across attributes. */
  validate(config: ObjectValue, report: Diagnostics): void;
  /** Every attribute, with the answers filled in. */
  read(config: ObjectValue, context: Context<Client>): Promise<ObjectValue>;
}

/** Makes a data source of its definition, with its values checked against the schema on the way in. */
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
  /** The object, as a read would return it. */
  readonly state: Known<S>;
}

/** How the objects of a resource type are found, whether Terraform manages them or not: `terraform query`. */
export interface ListResourceDefinition<F extends Attributes, S extends Attributes, Client> {
  /** The resource type whose objects are listed. */
  readonly type: string;
  /** Markdown, for the page. */
  readonly description: string;
  /** What narrows the list. */
  readonly attributes: F;
  /** The objects that the filter leaves, in a stable order. */
  list(filter: Known<F>, context: Context<Client>): Promise<readonly Listed<S>[]>;
}

/** A list resource with its types closed over. */
export interface ListResource<Client> extends Schema {
  /** The resource type whose objects are listed. */
  readonly type: string;
  /** The objects that the filter leaves. */
  list(
    filter: ObjectValue,
    context: Context<Client>,
  ): Promise<readonly { readonly displayName: string; readonly state: ObjectValue }[]>;
}

/**
 * Makes a list resource of its definition. Its resource must have an `identity`, or Terraform cannot import what it
 * finds.
 */
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
