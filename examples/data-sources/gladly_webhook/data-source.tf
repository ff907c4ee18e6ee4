data "gladly_webhook" "others" {
  url = "https://others.example.com/gladly"
}

output "others_status" {
  value = data.gladly_webhook.others.status
}
