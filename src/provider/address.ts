/** Where Terraform finds the provider: a host name of our own, so that nobody can register it before us. */
export const PROVIDER_ADDRESS = "terraform.local/relay/gladly";
