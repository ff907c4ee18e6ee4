# By the topic's id or its name.
import {
  to = gladly_topic.do_not_send
  id = "do_not_send_stella"
}
