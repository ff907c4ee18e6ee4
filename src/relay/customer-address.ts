/** Which of a customer's addresses a survey can go to. */
import type { Customer } from "../vendors/gladly/wire";

/** What Stella takes for an address; a stricter rule would leave out customers whom it would survey. */
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;
/** Characters of an address that mail can carry. */
const LONGEST = 254;

/** An address that a survey can go to; `unusable`: there are some, and none of them is one. */
export type CustomerAddress =
  | {
      readonly email: string;
      /** Whether Stella, which takes the primary or first address as it is written, takes this one where it looks itself. */
      readonly isFirst: boolean;
    }
  | "unusable"
  | "none";

/**
 * The first usable one, the primary before the others: real answers leave `primary` out
 * (docs/vendors/gladly-api.md section 12). Of each what the customer wrote, else Gladly's normalized form.
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
