# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "terraform.local/relay/gladly" {
  version     = "0.1.0"
  constraints = "0.1.0"
  hashes = [
    "h1:DlfUAeN1KYFpE0dvEANvdohTARf7/7+JEUi08u0YSvw=",
  ]
}
