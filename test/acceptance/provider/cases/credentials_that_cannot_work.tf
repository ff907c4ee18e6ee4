resource "gladly_webhook" "w" {
  name        = "auth"
  url         = "RECEIVER"
  events      = ["CONVERSATION/CLOSED"]
  credentials = { username = "a:b", password_wo = "x" }
  headers_wo  = { "Authorization" = "Basic abc", "content-type" = "text/plain", "Content-Type" = "b" }
}
