data "gladly_webhooks" "switched_off" {
  status = "deactivated_by_gladly"
}

check "no_webhook_was_switched_off" {
  assert {
    condition     = length(data.gladly_webhooks.switched_off.webhooks) == 0
    error_message = "Gladly switched off: ${join(", ", data.gladly_webhooks.switched_off.webhooks[*].name)}"
  }
}
