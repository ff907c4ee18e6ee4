/** `terraform query`: finds the objects of a resource type, whether Terraform manages them or not. */
import type {
  ListResourceEvent,
  ListResourceRequest,
  ValidateConfigResponse,
  ValidateListResourceConfigRequest,
} from "../generated/tfplugin6";
import { emptyObject } from "../schema/attribute";
import { validateConfig } from "../schema/validate";
import { withoutWriteOnly } from "../schema/walk";
import { decodeObject, encode } from "./dynamic";
import { identityOf } from "./identity";
import type { Session } from "./session";

/** Answers the two calls of `terraform query`. */
export class ListCalls<Client> {
  constructor(private readonly session: Session<Client>) {}

  /** Checks the filter of a `list` block against its schema. */
  async validateListResourceConfig(request: ValidateListResourceConfigRequest): Promise<ValidateConfigResponse> {
    const { diagnostics } = await this.session.run(
      "ValidateListResourceConfig",
      (report) => {
        const { attributes } = this.session.listResource(request.typeName);
        validateConfig(attributes, decodeObject(attributes, request.config) ?? emptyObject(attributes), report);
      },
      undefined,
    );
    return { diagnostics };
  }

  /** One event for each object, up to Terraform's limit; or one event with the error. */
  async listResource(request: ListResourceRequest): Promise<readonly ListResourceEvent[]> {
    const { value, diagnostics } = await this.session.run<readonly ListResourceEvent[]>(
      "ListResource",
      async (report) => {
        const listing = this.session.listResource(request.typeName);
        const resource = this.session.resource(request.typeName);
        const filter = decodeObject(listing.attributes, request.config) ?? emptyObject(listing.attributes);
        const found = await listing.list(filter, this.session.context(report));
        const wanted = request.limit > 0n ? found.slice(0, Number(request.limit)) : found;
        return wanted.map(({ displayName, state }) => ({
          displayName,
          identity: identityOf(resource, state),
          resourceObject: request.includeResourceObject
            ? encode(withoutWriteOnly(resource.attributes, state))
            : undefined,
          diagnostic: [],
        }));
      },
      [],
    );
    const said = { displayName: "", identity: undefined, resourceObject: undefined, diagnostic: diagnostics };
    return diagnostics.length > 0 ? [said, ...value] : value;
  }
}
