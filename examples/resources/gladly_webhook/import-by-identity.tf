import {
  to = gladly_webhook.survey_relay
  identity = {
    id = "tP4sVb0WQ3mZ8nYc1xKj7w"
  }
}
