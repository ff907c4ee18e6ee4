data "gladly_agents" "ours" {
  email_contains = "@example.com"
}

output "our_agents" {
  value = { for agent in data.gladly_agents.ours.agents : agent.email_address => agent.id }
}
