resource "gladly_webhook" "n" {
  name       = "n"
  url        = "RECEIVER"
  events     = ["CONVERSATION/CLOSED"]
  headers_wo = { "__proto__" = "x" }
}
