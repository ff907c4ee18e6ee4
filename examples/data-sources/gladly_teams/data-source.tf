data "gladly_agent" "sam" {
  email_address = "sam.sample@example.com"
}

data "gladly_teams" "of_sam" {
  agent_id = data.gladly_agent.sam.id
}

output "teams_of_sam" {
  value = data.gladly_teams.of_sam.teams[*].name
}
