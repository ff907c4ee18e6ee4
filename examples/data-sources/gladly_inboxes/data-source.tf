data "gladly_inboxes" "all" {}

output "inbox_names" {
  value = data.gladly_inboxes.all.inboxes[*].name
}
