/** The calls about the provider as a whole: schema, its own configuration, data sources, stop. */
import type {
  ConfigureProviderRequest,
  ConfigureProviderResponse,
  GetFunctionsResponse,
  GetMetadataResponse,
  GetProviderSchemaResponse,
  GetResourceIdentitySchemasResponse,
  ReadDataSourceRequest,
  ReadDataSourceResponse,
  ServerCapabilities,
  StopProviderResponse,
  ValidateConfigResponse,
  ValidateDataResourceConfigRequest,
  ValidateProviderConfigRequest,
  ValidateProviderConfigResponse,
} from "../generated/tfplugin6";
import { emptyObject } from "../schema/attribute";
import { schemaMessage } from "../schema/message";
import { validateConfig } from "../schema/validate";
import { DEFERRED, unknownObject } from "./deferral";
import { decodeObject, encode } from "./dynamic";
import { identitySchema } from "./identity";
import { fulfil } from "./merge";
import type { Session } from "./session";

/** Destroys need no plan call, and the schema need not be fetched again in each process. */
const CAPABILITIES: ServerCapabilities = {
  planDestroy: false,
  getProviderSchemaOptional: true,
  // No resource type was renamed.
  moveResourceState: false,
};

/** Answers the calls without a resource. */
export class ProviderCalls<Client> {
  constructor(private readonly session: Session<Client>) {}

  /** The types that the provider offers, without their schemas. */
  getMetadata(): GetMetadataResponse {
    const { resources, dataSources } = this.session.provider;
    return {
      serverCapabilities: CAPABILITIES,
      diagnostics: [],
      resources: [...resources.keys()].map((typeName) => ({ typeName })),
      dataSources: [...dataSources.keys()].map((typeName) => ({ typeName })),
      listResources: [...this.session.provider.listResources.keys()].map((typeName) => ({ typeName })),
    };
  }

  /** All schemas. Terraform asks once per process unless it has cached them. */
  getProviderSchema(): GetProviderSchemaResponse {
    const { schema, resources, dataSources, listResources } = this.session.provider;
    return {
      provider: schemaMessage(schema),
      resourceSchemas: Object.fromEntries([...resources].map(([type, resource]) => [type, schemaMessage(resource)])),
      dataSourceSchemas: Object.fromEntries([...dataSources].map(([type, source]) => [type, schemaMessage(source)])),
      listResourceSchemas: Object.fromEntries([...listResources].map(([type, list]) => [type, schemaMessage(list)])),
      diagnostics: [],
      providerMeta: undefined,
      serverCapabilities: CAPABILITIES,
    };
  }

  /** The identity of each resource type that has one. */
  getResourceIdentitySchemas(): GetResourceIdentitySchemasResponse {
    const schemas = [...this.session.provider.resources].flatMap(([type, resource]) => {
      const schema = identitySchema(resource);
      return schema ? [[type, schema] as const] : [];
    });
    return { identitySchemas: Object.fromEntries(schemas), diagnostics: [] };
  }

  /** None: this framework has no provider functions. */
  getFunctions(): GetFunctionsResponse {
    return { functions: {}, diagnostics: [] };
  }

  /** Checks the `provider` block. `configureProvider` checks values that are still unknown. */
  async validateProviderConfig(request: ValidateProviderConfigRequest): Promise<ValidateProviderConfigResponse> {
    const { provider } = this.session;
    const { diagnostics } = await this.session.run(
      "ValidateProviderConfig",
      (report) => {
        const config =
          decodeObject(provider.schema.attributes, request.config) ?? emptyObject(provider.schema.attributes);
        this.session.secrets.addFrom(provider.schema.attributes, config);
        validateConfig(provider.schema.attributes, config, report);
        provider.validate(config, report);
      },
      undefined,
    );
    return { diagnostics };
  }

  /** Creates the client, or defers until the configuration is known if Terraform allows it. */
  async configureProvider(request: ConfigureProviderRequest): Promise<ConfigureProviderResponse> {
    this.session.begin();
    this.session.deferring = false;
    const { provider, signal } = this.session;
    const { value, diagnostics } = await this.session.run<Client | undefined>(
      "ConfigureProvider",
      (report) => {
        const config =
          decodeObject(provider.schema.attributes, request.config) ?? emptyObject(provider.schema.attributes);
        this.session.secrets.addFrom(provider.schema.attributes, config);
        const defer = request.clientCapabilities?.deferralAllowed
          ? {
              defer: () => {
                this.session.deferring = true;
              },
            }
          : {};
        const secret = (value: string) => this.session.secrets.add(value);
        return provider.configure(config, {
          report,
          signal,
          secret,
          ...defer,
          terraformVersion: request.terraformVersion,
        });
      },
      undefined,
    );
    this.session.client = value;
    return { diagnostics };
  }

  /** Checks a `data` block against its schema. */
  async validateDataResourceConfig(request: ValidateDataResourceConfigRequest): Promise<ValidateConfigResponse> {
    const { diagnostics } = await this.session.run(
      "ValidateDataResourceConfig",
      (report) => {
        const source = this.session.dataSource(request.typeName);
        const config = decodeObject(source.attributes, request.config) ?? emptyObject(source.attributes);
        validateConfig(source.attributes, config, report);
        source.validate(config, report);
      },
      undefined,
    );
    return { diagnostics };
  }

  /** Reads a data source, or defers the read while the provider is not configured. */
  async readDataSource(request: ReadDataSourceRequest): Promise<ReadDataSourceResponse> {
    const { value, diagnostics } = await this.session.run(
      "ReadDataSource",
      async (report) => {
        const source = this.session.dataSource(request.typeName);
        const config = decodeObject(source.attributes, request.config) ?? emptyObject(source.attributes);
        const { deferring } = this.session;
        const found = deferring
          ? unknownObject(source.attributes)
          : await source.read(config, this.session.context(report));
        // Values from the configuration are returned unchanged.
        const state = Object.entries(source.attributes).map(([name, { computed }]) => {
          const given = config[name] ?? null;
          return [name, given === null && computed ? (found[name] ?? null) : fulfil(given, null)] as const;
        });
        return encode(Object.fromEntries(state));
      },
      encode(null),
    );
    return { state: value, diagnostics, deferred: this.session.deferring ? DEFERRED : undefined };
  }

  /** Answers at once; Terraform then waits for the calls that are still running. */
  stopProvider(): StopProviderResponse {
    this.session.log.info("asked to stop");
    this.session.stop();
    return { error: "" };
  }
}
