# Disabled topics are left out.
list "gladly_topic" "shipping" {
  provider = gladly

  config {
    name_contains = "shipping"
  }
}
