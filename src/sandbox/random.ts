/** Repeatable random numbers, so that a fault hits the same requests in every run. */

/** Numbers from 0 to below 1, by Marsaglia's 32-bit xorshift. The same seed gives the same numbers. */
export function seededRandom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
