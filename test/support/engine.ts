/** The engine that tests run: Terraform, or what TERRAFORM_BINARY_NAME names, such as OpenTofu's `tofu`. */
export const ENGINE = process.env.TERRAFORM_BINARY_NAME || "terraform";
