variable "headers" {
  type      = map(string)
  ephemeral = true
  default   = null
}
resource "gladly_webhook" "w" {
  name               = "hdr"
  url                = "RECEIVER"
  events             = ["CONVERSATION/CLOSED"]
  headers_wo         = var.headers
  headers_wo_version = 1
}
