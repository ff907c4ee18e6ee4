# By the webhook's id, its url or its name. Gladly never shows credentials, so the next apply hands them over.
import {
  to = gladly_webhook.survey_relay
  id = "https://relay.example.com/gladly/events"
}

# Or by its id with the credentials that you typed in Gladly: <id>,<username>,<password_wo_version>, without a realm.
# Terraform then believes that Gladly has them, and nothing is changed as long as username and password_wo_version stay.
#
# import {
#   to = gladly_webhook.survey_relay
#   id = "tP4sVb0WQ3mZ8nYc1xKj7w,gladly,1"
# }
