/** Chooses the address for a survey from a customer's addresses. */
import type { Customer } from "../vendors/gladly/wire";

/** What Stella accepts as an address. A stricter rule would exclude customers whom Stella would survey. */
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;
/** Maximum length of an e-mail address, in characters. */
const LONGEST = 254;

/** A valid address. `unusable`: there are addresses, but none is valid. */
export type CustomerAddress =
  | {
      readonly email: string;
      /** Whether Stella would use this one too: it takes the primary or first address as written. */
      readonly isFirst: boolean;
    }
  | "unusable"
  | "none";

/**
 * The first valid one: the primary, then the others, because real answers omit `primary`
 * (docs/vendors/gladly-api.md section 12). Of each, the original, else Gladly's normalized form.
 */
export function addressOf(customer: Customer): CustomerAddress {
  const emails = customer.emails ?? [];
  const inOrder = [...emails.filter(({ primary }) => primary), ...emails.filter(({ primary }) => !primary)];
  for (const [index, { original, normalized }] of inOrder.entries()) {
    const email = [original, normalized ?? ""].map((given) => given.trim()).find(isAddress);
    if (email !== undefined) return { email, isFirst: index === 0 && email === original };
  }
  return inOrder.some(({ original, normalized }) => original || normalized) ? "unusable" : "none";
}

function isAddress(text: string): boolean {
  return text.length <= LONGEST && ADDRESS.test(text);
}
