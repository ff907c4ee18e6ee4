# terraform query -generate-config-out=found.tf writes an import for each (Terraform 1.14 and later).
list "gladly_webhook" "delivering" {
  provider = gladly

  config {
    status = "active"
  }
}
