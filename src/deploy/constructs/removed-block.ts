/** Terraform's `removed` block, which cdktf 0.21 has no construct for. Terraform forgets the object without destroying it. */
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** Removes an object of an earlier configuration from the state without changing it. The block can stay: an unknown address has no effect. */
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
