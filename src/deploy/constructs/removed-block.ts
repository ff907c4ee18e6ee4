/** Terraform's `removed` block, which cdktf 0.21 has no construct for: what stood at an address is forgotten, not destroyed. */
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** Lets go of what an earlier configuration made, without touching it. It may stay: an unknown address means nothing. */
export class RemovedBlock extends TerraformElement {
  /** @param from the address in the state, such as `aws_iam_openid_connect_provider.github` */
  constructor(
    scope: Construct,
    id: string,
    private readonly from: string,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { removed: [{ from: this.from, lifecycle: [{ destroy: false }] }] };
  }

  override toMetadata(): object {
    return {};
  }
}
