/**
 * Terraform's `import` block. cdktf's own `importFrom` starts a terraform at synth (docs/vendors/cdktf.md section 4). This one
 * only writes the block.
 */
import { TerraformElement, type TerraformResource } from "cdktf";

/** Imports an existing object to the address of `to`. Ignored once that address is in the state. */
export class ImportBlock extends TerraformElement {
  /** @param importId the provider's import id */
  constructor(
    private readonly to: TerraformResource,
    private readonly importId: string,
  ) {
    super(to, "Import");
  }

  override toTerraform(): object {
    // An address, not a value: `fqn` would be an expression.
    const address = `${this.to.terraformResourceType}.${this.to.friendlyUniqueId}`;
    return { import: [{ to: address, id: this.importId }] };
  }

  override toMetadata(): object {
    return {};
  }
}
