import {
  to = gladly_topic.do_not_send
  identity = {
    id = "h2Rk9sLwTqGf4mXv0BzNcA"
  }
}
