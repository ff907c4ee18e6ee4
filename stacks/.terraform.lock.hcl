# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "terraform.local/relay/gladly" {
  version     = "0.1.0"
  constraints = "0.1.0"
  hashes = [
    "h1:rW9bj+1ul9diNPhaAw5mn2MoL8uty805Y/c6Qm90ksg=",
  ]
}
