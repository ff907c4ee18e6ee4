/** What Stella says may quote the request, and with it the customer. */
import { REFUSALS } from "../vendors/stella/outcome";

/**
 * Takes a person out of a text that came from outside: e-mail addresses, and the name where it stands as whole words. What
 * Stella calls its own refusals stays as it is, whatever the person's name.
 */
export function withoutPerson(text: string, name: string | undefined): string {
  // What is stored is printed some day: control characters would steer that terminal.
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
