data "gladly_team" "everybody" {
  name = "Everybody"
}

output "members" {
  value = length(data.gladly_team.everybody.agent_ids)
}
