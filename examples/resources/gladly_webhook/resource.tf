# Given at apply, and kept in neither plan nor state.
variable "webhook_password" {
  type      = string
  ephemeral = true
  sensitive = true
}

resource "gladly_webhook" "survey_relay" {
  name   = "Survey relay"
  url    = "https://relay.example.com/gladly/events"
  events = ["CONVERSATION/CLOSED"]

  credentials = {
    username    = "gladly"
    password_wo = var.webhook_password
    # Raise it when the password changes.
    password_wo_version = 1
  }
}
