/**
 * The time limit for waiting on a condition, in milliseconds: far longer than a busy machine needs, but shorter than Jest's
 * limit, so that the error says what the test waited for. No test may depend on its value.
 */
export const CEILING_MS = 300_000;
