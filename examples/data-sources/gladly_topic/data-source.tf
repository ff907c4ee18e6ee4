data "gladly_topic" "delivery" {
  name = "Delivery"
}

output "delivery_topic_id" {
  value = data.gladly_topic.delivery.id
}
