# apply, then exchange the two addresses and apply again
resource "gladly_webhook" "a" {
  name   = "a"
  url    = "RECEIVER/a"
  events = ["CONVERSATION/CLOSED"]
}
resource "gladly_webhook" "b" {
  name   = "b"
  url    = "RECEIVER/b"
  events = ["CONVERSATION/CLOSED"]
}
