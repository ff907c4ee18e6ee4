/** Terraform's `check` block, which cdktf 0.21 has no construct for (docs/vendors/cdktf.md section 4). */
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** Settings of {@link CheckBlock}. */
export interface CheckBlockProps {
  /** A Terraform expression that must be true. While it is unknown, Terraform checks again after apply. */
  readonly condition: string;
  /** What is wrong, and what to do. */
  readonly errorMessage: string;
}

/** A condition that Terraform checks on every plan and apply, with a warning if it fails. */
export class CheckBlock extends TerraformElement {
  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: CheckBlockProps,
  ) {
    super(scope, name);
  }

  override toTerraform(): object {
    const { condition, errorMessage } = this.props;
    return { check: { [this.name]: { assert: [{ condition, error_message: errorMessage }] } } };
  }

  override toMetadata(): object {
    return {};
  }
}
