resource "gladly_topic" "survey" {
  name = "Survey"
}

# Conversations with this topic are left out of surveys.
resource "gladly_topic" "do_not_send" {
  name      = "do_not_send_stella"
  parent_id = gladly_topic.survey.id
}
