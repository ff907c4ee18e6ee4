resource "gladly_webhook" "w" {
  name        = "lc"
  url         = "RECEIVER"
  events      = ["CONVERSATION/CLOSED"]
  credentials = { username = "uuu", password_wo = "WOSECRETpw1", password_wo_version = 1 }
}
