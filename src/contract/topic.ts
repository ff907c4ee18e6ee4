/** The vendor's name of the topic that prevents a survey (docs/vendors/vendor-guide.md step 4). */
export const DO_NOT_SEND_TOPIC = "do_not_send_stella";
