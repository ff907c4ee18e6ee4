resource "gladly_webhook" "n" {
  name               = "n"
  url                = "RECEIVER"
  events             = ["CONVERSATION/CLOSED"]
  headers_wo         = { X = "y" }
  headers_wo_version = 0.1234567890123456789012345678901
}
