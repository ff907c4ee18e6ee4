/** How much of what AWS charges for one closed conversation, one delivery, one run uses. */

/** A number and where it comes from. */
export interface Figure {
  readonly value: number;
  /** `measured`: test/features/cost/measured.slow.test.ts has the deployed functions do it, and compares. */
  readonly source: "measured" | `https://${string}` | `assumed: ${string}`;
}

const measured = (value: number): Figure => ({ value, source: "measured" });

export const USAGE = {
  ingestSeconds: { value: 0.015, source: "assumed: the limit that `npm run bench` has for the time to acknowledge" },
  batchSeconds: {
    value: 0.5,
    source: "assumed: two reads of Gladly and Stella's answer, at the same time for five closes",
  },
  closeSeconds: { value: 0.08, source: "assumed: what each further close of a batch adds" },
  contactSeconds: { value: 0.02, source: "assumed: one read and one write of the ledger" },
  watchdogSeconds: { value: 1.5, source: "assumed: the probe, and two reads of Gladly" },
  /** Closes a day at which a batch begins to hold more than one, since more arrive than are worked on one by one. */
  closesBeforeBatches: {
    value: 40_000,
    source: "assumed: five batches at once, and an hour that has three times the mean",
  },

  /** DynamoDB, for one close: the record's updates, and one update of the index of what was finished last. */
  closeWrites: measured(4),
  closeReads: measured(7),
  contactWrites: measured(1),
  contactReads: measured(1),
  /** Whether the relay is paused. */
  batchReads: measured(1),
  watchdogReads: measured(1),
  recordBytes: measured(800),

  /** Bytes of log, with the 26 that CloudWatch counts for each line. */
  ingestLogBytes: measured(610),
  closeLogBytes: measured(700),
  contactLogBytes: measured(330),
  watchdogLogBytes: measured(360),
  /** Lambda's own lines about each invocation, and the line of the access log about each delivery, by AWS's formats. */
  invocationLogBytes: measured(390),
  accessLogBytes: measured(230),

  /** The relay's own metrics with data in a usual hour: each name, once more by each of its labels. */
  ownMetrics: measured(11),
  /** Bytes sent to Gladly and Stella for one close. */
  closeEgressBytes: { value: 2000, source: "assumed: three requests with their headers, and one survey request" },

  /** Seconds between two reads of a secret by one process. */
  secretSeconds: measured(300),
  pollers: { value: 5, source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html" },
  pollSeconds: { value: 20, source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html" },

  /** Seconds for which DynamoDB caches the key of a table, for each role that uses it. */
  tableKeySeconds: {
    value: 300,
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html",
  },
  /** X-Ray records the first invocation of each second, and this share of the others. */
  tracedShare: { value: 0.05, source: "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html" },
} as const satisfies Readonly<Record<string, Figure>>;
