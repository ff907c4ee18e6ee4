/** The vendor's name for the topic that keeps a conversation from being surveyed (docs/vendors/vendor-guide.md step 4). */
export const DO_NOT_SEND_TOPIC = "do_not_send_stella";
