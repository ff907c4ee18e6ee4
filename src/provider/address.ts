/** The provider's source address. No one can register the host `terraform.local`. */
export const PROVIDER_ADDRESS = "terraform.local/relay/gladly";
