# apply, then rename both labels from "old" to "new" without a moved block and apply again
resource "gladly_topic" "old" { name = "rn" }
resource "gladly_webhook" "old" {
  name   = "rn"
  url    = "RECEIVER"
  events = ["CONVERSATION/CLOSED"]
}
