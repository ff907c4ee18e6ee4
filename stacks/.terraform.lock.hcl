# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "terraform.local/relay/gladly" {
  version     = "0.1.0"
  constraints = "0.1.0"
  hashes = [
    "h1:CWcieePT4VWS9b+GvGBiQZzfWN9TAR56gQ59EL/OSy4=",
  ]
}
