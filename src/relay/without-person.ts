/** Stella's answers can quote the request, and so the customer. */
import { REFUSALS } from "../vendors/stella/outcome";

/**
 * Removes a person from an outside text: e-mail addresses, and the name as whole words. Stella's own names of refusals stay
 * unchanged, whatever the person's name.
 */
export function withoutPerson(text: string, name: string | undefined): string {
  // The text will be printed to a terminal, which control characters could manipulate.
  const bare = text.replace(/[\p{Cc}\p{Cf}]+/gu, " ").replace(/[^\s"'<>,;:@]+@[^\s"'<>,;:@]+/g, "<address>");
  const whole = name?.trim();
  if (!whole) return bare;
  const words = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(whole)}(?![\\p{L}\\p{N}])`, "gu");
  const named = new RegExp(`(${REFUSALS.map(escaped).join("|")})`, "i");
  return bare
    .split(named)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(words, "<name>")))
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
