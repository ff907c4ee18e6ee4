/** Where Gladly posts a closed conversation, and the user name that it posts with. */

/** The path of the relay's webhook: `POST <relay>/v1/webhooks/gladly`. */
export const RELAY_WEBHOOK_PATH = "/v1/webhooks/gladly";

/**
 * The path of Stella Connect's own endpoint (docs/vendors/vendor-guide.md step 3). The relay's is the same, so that a receiver
 * can be recognised by it, but the two need not stay alike.
 */
export const STELLA_WEBHOOK_PATH = "/v1/webhooks/gladly";

/** The Basic user name that Gladly sends, as the vendor's guide sets it (docs/vendors/vendor-guide.md step 3). */
export const WEBHOOK_USERNAME = "connect";
