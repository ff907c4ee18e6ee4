/**
 * How a closed conversation reaches Stella Connect.
 *
 * - `direct`: Gladly posts to Stella's own endpoint; there is no relay.
 * - `forward`: the relay stores the event, drops duplicates and passes the same body on to that endpoint.
 * - `enrich`: the relay reads the conversation, decides, and calls Stella's Requests API.
 */
export const DELIVERIES = ["direct", "forward", "enrich"] as const;
/** How a close reaches Stella Connect. Each value is described at {@link DELIVERIES}. */
export type Delivery = (typeof DELIVERIES)[number];

/** The deliveries that need a relay. */
export const RELAY_DELIVERIES = ["forward", "enrich"] as const satisfies readonly Delivery[];
/** How a relay hands a close to Stella Connect. */
export type RelayDelivery = (typeof RELAY_DELIVERIES)[number];
