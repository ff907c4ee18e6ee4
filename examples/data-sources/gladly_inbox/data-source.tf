data "gladly_inbox" "support" {
  name = "Support"
}

output "support_inbox_id" {
  value = data.gladly_inbox.support.id
}
