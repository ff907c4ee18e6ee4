data "gladly_organization" "this" {}

output "organization" {
  value = "${data.gladly_organization.this.name}, at ${data.gladly_organization.this.gladly_url}"
}
