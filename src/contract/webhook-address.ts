/** The webhook's path, and the user name with which Gladly posts to it. */

/** The path of the relay's webhook: `POST <relay>/v1/webhooks/gladly`. */
export const RELAY_WEBHOOK_PATH = "/v1/webhooks/gladly";

/**
 * The path of Stella Connect's own endpoint (docs/vendors/vendor-guide.md step 3). The relay's path is the same, so that a
 * receiver can be recognised by it, but the two may differ in the future.
 */
export const STELLA_WEBHOOK_PATH = "/v1/webhooks/gladly";

/** The Basic user name that Gladly sends, from the vendor's guide (docs/vendors/vendor-guide.md step 3). */
export const WEBHOOK_USERNAME = "connect";
