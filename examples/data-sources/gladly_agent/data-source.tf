data "gladly_agent" "robin" {
  email_address = "robin.roe@example.com"
}

output "robins_id" {
  value = data.gladly_agent.robin.id
}
