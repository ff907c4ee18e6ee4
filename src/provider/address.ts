/** Where Terraform finds the provider: a host name of our own, which no one else can register. */
export const PROVIDER_ADDRESS = "terraform.local/relay/gladly";
