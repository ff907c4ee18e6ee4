# By the webhook's id, its url or its name.
import {
  to = gladly_webhook.survey_relay
  id = "https://relay.example.com/gladly/events"
}
