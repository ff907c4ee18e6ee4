/** The ledger's table on AWS: the stack declares it, the functions and `relay explain` use it. */
export const LEDGER_TABLE = {
  /** Last part of its name, after `relay-<environment>-`. */
  name: "ledger",
  partitionKey: { name: "pk", type: "S" },
  /** Seconds since the epoch. */
  timeToLive: "expiresAt",
  /** Keys of the records that finished last, by UTC day. `relay explain` reads it, functions never do. */
  recentIndex: {
    name: "recent",
    partitionKey: { name: "day", type: "S" },
    sortKey: { name: "changedAt", type: "N" },
    projection: "KEYS_ONLY",
  },
} as const;
