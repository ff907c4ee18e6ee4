/**
 * How long a wait on a condition may take before it counts as "never": far more than a busy machine needs, and less than
 * jest's own ceiling, so that the message says what was waited for. No test may depend on its length.
 */
export const CEILING_MS = 300_000;
