/**
 * Terraform's `import` block. cdktf's own `importFrom` starts a terraform at synth (docs/vendors/cdktf.md section 4); this one
 * only writes it down.
 */
import { TerraformElement, type TerraformResource } from "cdktf";

/** Takes over what exists already, under the address of `to`; ignored once that address is in the state. */
export class ImportBlock extends TerraformElement {
  /** @param importId what the provider finds it by */
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
