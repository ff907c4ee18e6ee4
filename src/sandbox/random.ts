/** Draws that can be repeated: what struck once strikes again in the next run. */

/** Numbers from 0 to below 1 by Marsaglia's xorshift on 32 bits: the same seed gives the same numbers. */
export function seededRandom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
