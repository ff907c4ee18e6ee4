# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "terraform.local/relay/gladly" {
  version     = "0.1.0"
  constraints = "0.1.0"
  hashes = [
    "h1:zFkbKKE2kCpdGPCNmimPRAE57iDwJ1wqqiV0gMhRm6s=",
  ]
}
