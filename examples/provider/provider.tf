terraform {
  required_version = ">= 1.11.0"
  required_providers {
    gladly = {
      source = "terraform.local/relay/gladly"
    }
  }
}

# Address, user and token come from GLADLY_URL, GLADLY_USER and GLADLY_TOKEN.
provider "gladly" {}
