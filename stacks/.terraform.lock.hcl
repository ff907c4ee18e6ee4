# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "terraform.local/relay/gladly" {
  version     = "0.1.0"
  constraints = "0.1.0"
  hashes = [
    "h1:J6oXkL/EKCKqk8m2M+Bvnd6ssWQdWupi95AuuOLWytg=",
  ]
}
