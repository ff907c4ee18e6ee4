data "gladly_topic" "parent" {
  name = "Delivery"
}

data "gladly_topics" "below" {
  parent_id        = data.gladly_topic.parent.id
  include_disabled = true
}

output "topics_below" {
  value = data.gladly_topics.below.topics[*].name
}
