/**
 * What `look` answered in this turn of the event loop: deliveries that arrive together share one look at a file. The next
 * turn looks again, so nothing that was written before a delivery came is missed. What `look` throws is not kept.
 */
export function oncePerTurn<T>(look: () => T): () => T {
  let seen: { readonly value: T } | undefined;
  return () => {
    if (seen === undefined) {
      seen = { value: look() };
      setImmediate(() => {
        seen = undefined;
      });
    }
    return seen.value;
  };
}
