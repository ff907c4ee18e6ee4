/** The engine of the tests: Terraform, or the one in TERRAFORM_BINARY_NAME, such as OpenTofu's `tofu`. */
export const ENGINE = process.env.TERRAFORM_BINARY_NAME || "terraform";
