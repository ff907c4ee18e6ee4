/** Defines a resource: its schema and its operations. Nothing here knows gRPC or Gladly. */
import type { Diagnostics } from "./diagnostics";
import type { PrivateState } from "./private-state";
import type { Attributes, Known, Partial, Schema } from "./schema/attribute";
import { known, partial } from "./schema/known";
import type { StateObjects } from "./state-objects";
import type { JsonObject } from "./values/json";
import type { ObjectValue } from "./values/value";

/** What every operation gets besides its values. */
export interface Context<Client> {
  /** The result of the provider's `configure`. */
  readonly client: Client;
  /** Where warnings go, and errors that do not end the operation. */
  readonly report: Diagnostics;
  /** Aborted when Terraform asks to stop. A write that was sent must still be awaited. */
  readonly signal: AbortSignal;
  /** This operation's limit from the object's `timeouts` attribute, in milliseconds; undefined if it has none. */
  readonly timeout?: number;
  /** The object's private state, to read and change. Empty on create and for data sources. */
  readonly privateState: PrivateState;
  /** The objects of Terraform's state, as far as this run has asked about them. */
  readonly inState: StateObjects;
}

/** What a create gets besides its values. */
export interface CreateContext<Client> extends Context<Client> {
  /**
   * Call it as soon as the object exists, with everything known so far. If the rest of the create fails, this goes into the
   * state, so that no object is left unmanaged.
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
   * The attribute that identifies an object among its type, for imports by identity and for queries. Its value never changes.
   */
  readonly identity?: keyof S & string;
  /** Checks across attributes; unknown values are undefined. */
  validate?(config: Partial<S>, report: Diagnostics): void;
  /**
   * Refuses at plan what is known to fail at apply. Called for each planned object: `prior` is null for a
   * new one. Called again before the change is applied, and never while the provider is not configured. Unknown values
   * are undefined.
   * @throws OperationError the plan fails with it
   */
  checkPlan?(planned: Partial<S>, prior: Known<S> | null, context: Context<Client>): Promise<void>;
  /**
   * `desired` is the plan: with defaults, with write-only values from the configuration, and null for values that the
   * provider decides.
   */
  create(desired: Known<S>, context: CreateContext<Client>): Promise<Known<S>>;
  /** Undefined if the object no longer exists. */
  read(state: Known<S>, context: Context<Client>): Promise<Known<S> | undefined>;
  /**
   * Changes the object and returns the whole new object.
   * @throws OperationError the state then does not change
   */
  update(desired: Known<S>, prior: Known<S>, context: Context<Client>): Promise<Known<S>>;
  /** Deletes the object. One that no longer exists counts as deleted. */
  delete(state: Known<S>, context: Context<Client>): Promise<void>;
  /** The state before the first read: the attributes that identify the object. */
  import(id: string, context: Context<Client>): Promise<ObjectValue>;
  /** From the state of each older version to the next one. */
  readonly upgrade?: Readonly<Record<number, (state: JsonObject) => JsonObject>>;
}

/** A resource without type parameters for its schema, as the protocol code calls it. */
export interface Resource<Client> extends Schema {
  /** Such as `gladly_topic`. */
  readonly type: string;
  /** The attribute that identifies an object among its type; undefined if there is none. */
  readonly identity: string | undefined;
  /** Reports errors across attributes. */
  validate(config: ObjectValue, report: Diagnostics): void;
  /** Refuses at plan what is known to fail at apply; undefined where nothing can be known by then. */
  readonly checkPlan:
    | ((planned: ObjectValue, prior: ObjectValue | null, context: Context<Client>) => Promise<void>)
    | undefined;
  /** Creates the object and returns all of it. */
  create(desired: ObjectValue, context: CreateContext<Client>): Promise<ObjectValue>;
  /** The current object; undefined if it no longer exists. */
  read(state: ObjectValue, context: Context<Client>): Promise<ObjectValue | undefined>;
  /** Changes the object and returns all of it. */
  update(desired: ObjectValue, prior: ObjectValue, context: Context<Client>): Promise<ObjectValue>;
  /** Deletes the object, if it still exists. */
  delete(state: ObjectValue, context: Context<Client>): Promise<void>;
  /** The attributes that follow from an import id alone. */
  import(id: string, context: Context<Client>): Promise<ObjectValue>;
  /** By version: upgrades a state to the next version. */
  readonly upgrade: Readonly<Record<number, (state: JsonObject) => JsonObject>>;
}

/**
 * Builds a resource from its definition. Incoming values are checked against the schema.
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
  /** The schema: arguments and results. */
  readonly attributes: S;
  /** Checks across attributes; unknown values are undefined. */
  validate?(config: Partial<S>, report: Diagnostics): void;
  /** Reads the data. @throws OperationError if nothing is found: a data source cannot be absent */
  read(config: Known<S>, context: Context<Client>): Promise<Known<S>>;
}

/** A data source without type parameters for its schema, as the protocol code calls it. */
export interface DataSource<Client> extends Schema {
  /** Such as `gladly_topic`. */
  readonly type: string;
  /** Reports errors across attributes. */
  validate(config: ObjectValue, report: Diagnostics): void;
  /** Every attribute, with the results. */
  read(config: ObjectValue, context: Context<Client>): Promise<ObjectValue>;
}

/** Builds a data source from its definition. Incoming values are checked against the schema. */
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
  /** Its name for people. */
  readonly displayName: string;
  /** The object, as a read would return it. */
  readonly state: Known<S>;
}

/** Finds the objects of a resource type for `terraform query`, whether Terraform manages them or not. */
export interface ListResourceDefinition<F extends Attributes, S extends Attributes, Client> {
  /** The resource type whose objects are listed. */
  readonly type: string;
  /** Markdown, for the page. */
  readonly description: string;
  /** The attributes of the filter. */
  readonly attributes: F;
  /** The objects that match the filter, in a stable order. */
  list(filter: Known<F>, context: Context<Client>): Promise<readonly Listed<S>[]>;
}

/** A list resource without type parameters for its schema. */
export interface ListResource<Client> extends Schema {
  /** The resource type whose objects are listed. */
  readonly type: string;
  /** The objects that match the filter. */
  list(
    filter: ObjectValue,
    context: Context<Client>,
  ): Promise<readonly { readonly displayName: string; readonly state: ObjectValue }[]>;
}

/**
 * Builds a list resource from its definition. Its resource must have an `identity`, or Terraform cannot import the objects.
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

/** Every value that a schema's types allow is a protocol value, but the compiler cannot see this through the mapped type. */
function toObject<S extends Attributes>(object: Known<S>): ObjectValue {
  return object as ObjectValue;
}
