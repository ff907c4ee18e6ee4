/**
 * Stored times come from a clock that may have been wrong. So a stored deadline counts only up to the longest time that
 * this kind of deadline is ever set ahead.
 */

/** The deadline, or the latest one that could have been set now. @param longest milliseconds */
export function bounded(deadline: number, now: number, longest: number): number {
  return Math.min(deadline, now + longest);
}

/** Whether the deadline was set by a clock that was ahead of the present one. @param longest milliseconds */
export function isAhead(deadline: number, now: number, longest: number): boolean {
  return deadline > now + longest;
}
